import { t } from '@vscode/l10n';
import { version } from '../../../package.json';
import type { Concept } from '../../concepts/concept';
import { UserError } from '../../errors';
import { lastPart } from '../../format/modelLabels';
import { innerProducts } from '../../protocol/geometryResult';
import type { ComparedModel, ManyModels, ManyModelsRequest } from '../../protocol/manyModels';
import { pathOf, type ModelChoice } from '../../protocol/modelChoice';
import { leftOutPairs } from '../../protocol/probeResult';
import type { ReportProgress } from '../../protocol/progress';
import type { OpenModel } from '../compareModels';
import { lookUpModel, type LookedUp } from './lookUpModel';
import { manyGeometry } from './manyGeometry';
import { measureModel, type MeasuredModel } from './measureModel';

/** Opens a model for some work, and closes it. */
export type WithModel = <T>(choice: ModelChoice, work: (open: OpenModel) => Promise<T>) => Promise<T>;

/** A model that could be opened, and its row. */
interface Opened {
  readonly row: number;
  readonly found: LookedUp;
}

/**
 * Measures the same concepts in any number of models: first which pairs each keeps, then the geometry of the pairs that all
 * keep. Never more than one model is open, so that memory does not grow with their number. A model that cannot be read has a
 * row with the reason, and the others are compared without it.
 *
 * @throws UserError if none can be read
 */
export async function compareMany(
  withModel: WithModel,
  request: ManyModelsRequest,
  progress: ReportProgress,
): Promise<ManyModels> {
  const { models, concepts, seed, tokens, settings } = request;
  const problems = new Map<number, string>();
  const visit = async <T>(row: number, work: (open: OpenModel, report: ReportProgress) => Promise<T>) => {
    const report = numbered(progress, row, models);
    try {
      await report({ message: t('Opening'), fraction: null });
      return await withModel(models[row]!, (open) => work(open, report));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.set(row, error.message);
      return undefined;
    }
  };
  let opened: Opened[] = [];
  for (const row of models.keys()) {
    const found = await visit(row, (open) => lookUpModel(open, request));
    if (found) opened.push({ row, found });
  }
  let measured: (MeasuredModel & { readonly row: number })[] = [];
  let isKept: readonly (readonly boolean[])[] = [];
  do {
    // A model that cannot be measured after all must not decide which pairs count.
    opened = opened.filter(({ row }) => !problems.has(row));
    isKept = keptByAll(opened, concepts);
    measured = [];
    for (const { row } of opened) {
      const one = await visit(row, (open, report) => measureModel(open, request, isKept, report));
      if (one) measured.push({ ...one, row });
    }
  } while (measured.length < opened.length);
  if (measured.length === 0) throw new UserError([...problems.values()][0]);
  progress({ message: t('Comparing the models'), fraction: null });
  const rows = models.map((choice, row): ComparedModel => {
    const found = opened.find((each) => each.row === row)?.found;
    return {
      reference: pathOf(choice) ?? '',
      summary: found?.summary ?? null,
      parameters: found?.parameters ?? null,
      problem: problems.get(row) ?? null,
      causalProblem: measured.find((each) => each.row === row)?.causalProblem ?? null,
      concepts: found?.kept ?? [],
    };
  });
  const [euclidean, causal] = innerProducts.map((product) =>
    manyGeometry(product, measured, rows, request, isKept),
  );
  return {
    ...{ version, seed, tokens, settings, models: rows },
    concepts: concepts.map(({ name, pairs }, index) => ({
      name,
      given: pairs.length - leftOutPairs({ pairs: opened[0]!.found.pairs[index]! }).length,
      pairs: isKept[index]!.filter(Boolean).length,
    })),
    euclidean: euclidean!,
    causal: measured.some((one) => one.causal) ? causal! : null,
  };
}

/** Of each concept, which of its pairs every model keeps. */
function keptByAll(opened: readonly Opened[], concepts: readonly Concept[]): boolean[][] {
  return concepts.map(({ pairs }, index) =>
    pairs.map((_, i) => opened.every(({ found }) => found.pairs[index]![i]!.status === 'kept')),
  );
}

/** Says which model a step belongs to; the share that is done is that of the step. */
function numbered(progress: ReportProgress, row: number, models: readonly ModelChoice[]): ReportProgress {
  const name = lastPart(pathOf(models[row]!) ?? t('built-in model'));
  return ({ message, fraction }) =>
    progress({ message: t`Model ${row + 1} of ${models.length}, ${name}: ${message}`, fraction });
}
