import type { Estimate } from '../geometry/separation';
import { matrix, type Matrix } from '../geometry/matrix';
import type { MeasureResult } from '../protocol/contextResult';
import type { Cell } from './csv';

/** The part of the JSON document that a measurement is. */
export function measurementDocument({ sets, concepts, skipped }: MeasureResult) {
  return {
    sets,
    concepts: concepts.map(({ name, sets: own, separation }) => ({
      name,
      sets: own.map(({ label, values }) => ({ label, values: [...values] })),
      auc: separation?.auc.value ?? null,
      dPrime: separation?.dPrime?.value ?? null,
      aucInterval: separation && intervalOf(separation.auc),
      dPrimeInterval: separation?.dPrime ? intervalOf(separation.dPrime) : null,
    })),
    skipped,
  };
}

function intervalOf({ low, high, level }: Estimate) {
  return { low, high, level };
}

/** A line for each concept and text. */
export function measurementTable({ concepts }: MeasureResult): Cell[][] {
  return [
    ['concept', 'label', 'text', 'value'],
    ...concepts.flatMap(({ name, sets }) =>
      sets.flatMap(({ label, values }) =>
        Array.from(values, (value, i): Cell[] => [name, label, i + 1, value]),
      ),
    ),
  ];
}

/** A row for each text, a column for each concept. */
export function measurementMatrix({ concepts }: MeasureResult): Matrix {
  const columns = concepts.map(({ sets }) => sets.flatMap(({ values }) => [...values]));
  const rows = columns[0]?.length ?? 0;
  const data = Float64Array.from({ length: rows * columns.length }, (_, at) => {
    return columns[at % columns.length]![Math.floor(at / columns.length)]!;
  });
  return matrix(rows, columns.length, data);
}
