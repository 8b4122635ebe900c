import { exportPrefix } from '../concepts/conceptSources';
import type { CategoriesResult } from '../protocol/categoriesResult';
import type { Matrix } from '../geometry/matrix';
import type { AlignResult, MeasureResult } from '../protocol/contextResult';
import { alignmentDocument, alignmentTable } from './alignmentFiles';
import { categoriesDocument, categoriesTable } from './categoryFiles';
import { csv, type CsvFile } from './csv';
import { measurementDocument, measurementMatrix, measurementTable } from './measurementFiles';

/** What the panel shows of contexts, in each inner product, and of categories; `null` if it is not open. */
export interface ContextResults {
  readonly alignment: readonly AlignResult[] | null;
  readonly measurement: readonly MeasureResult[] | null;
  readonly categories: CategoriesResult | null;
}

/** The parts of the JSON document that are open, as the command line writes them. */
export function contextDocuments({ alignment, measurement, categories }: ContextResults) {
  return {
    ...(alignment && {
      alignment: alignment.map((result) => ({ product: result.product, ...alignmentDocument(result) })),
    }),
    ...(measurement && {
      measurement: measurement.map((result) => ({ product: result.product, ...measurementDocument(result) })),
    }),
    ...(categories && { categories: categoriesDocument(categories) }),
  };
}

/** `geometry.alignment.causal.csv`, `geometry.measurement.euclidean.csv`, … */
export function contextTables({ alignment, measurement, categories }: ContextResults): CsvFile[] {
  return [
    ...(alignment ?? []).map((result) => ({
      name: `${exportPrefix}alignment.${result.product}.csv`,
      text: csv(alignmentTable(result)),
    })),
    ...(measurement ?? []).map((result) => ({
      name: `${exportPrefix}measurement.${result.product}.csv`,
      text: csv(measurementTable(result)),
    })),
    ...(categories
      ? [{ name: `${exportPrefix}categories.csv`, text: csv(categoriesTable(categories)) }]
      : []),
  ];
}

/** Cosines by set and concept, and values by text and concept. */
export function contextMatrices({
  alignment,
  measurement,
  categories,
}: ContextResults): { readonly name: string; readonly values: Matrix }[] {
  return [
    ...(alignment ?? []).map((result) => ({
      name: `${exportPrefix}alignment.${result.product}`,
      values: result.cosine,
    })),
    ...(measurement ?? []).map((result) => ({
      name: `${exportPrefix}measurement.${result.product}`,
      values: measurementMatrix(result),
    })),
    ...(categories ? [{ name: `${exportPrefix}categories`, values: categories.cosine }] : []),
  ];
}
