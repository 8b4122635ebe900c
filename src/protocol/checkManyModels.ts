import { agree } from './checkResult';
import type { ManyGeometry, ManyModels } from './manyModels';

/** Checks that a comparison of many models arrived complete, see checkResult.ts. @throws RangeError that names what is not */
export function checkManyModels({ models, concepts, euclidean, causal }: ManyModels): void {
  for (const { problem, concepts: kept } of models)
    agree('models: concepts', kept.length, problem === null ? concepts.length : kept.length);
  checkGeometry('models, Euclidean', euclidean, models.length, concepts.length);
  if (causal) checkGeometry('models, causal', causal, models.length, concepts.length);
}

function checkGeometry(where: string, geometry: ManyGeometry, models: number, concepts: number): void {
  const { own, common, low, high, mean, agreement, trend } = geometry;
  for (const table of [own, common, low, high]) agree(where, table.data.length, models * concepts);
  for (const values of [mean.values, mean.low, mean.high]) agree(`${where}: means`, values.length, models);
  for (const map of [agreement.rho, agreement.p])
    agree(`${where}: agreement`, map.data.length, models * models);
  if (!trend) return;
  agree(`${where}: trend`, trend.concepts.length, concepts);
  for (const row of trend.models)
    if (!(row < models)) throw new RangeError(`${where}: there is no model ${row}.`);
}
