import { t } from '@vscode/l10n';
import { isolated } from './isolated';

/** What makes a figure understandable, and repeatable, without the panel around it. */
export interface FigureFacts {
  /** What is shown, as a sentence without its full stop: "Cosine of the directions of 27 concepts". */
  readonly title: string;
  readonly model: string;
  /** The type of the numbers that were read or computed with, and the file that they come from: "float16, model.onnx". */
  readonly precision: string;
  /** "causal", "Euclidean". */
  readonly product: string;
  /** What there are how many of: "n = 12 pairs". */
  readonly n: string;
  /** What the values are compared with; `null` if with nothing. */
  readonly comparedWith: string | null;
  readonly seed: number;
  /** Of Concept Probe. */
  readonly version: string;
  /** What marks, lines and hatching mean: sentences. */
  readonly notes?: readonly string[];
}

/** The caption of an exported figure. */
export function figureCaption(facts: FigureFacts): string {
  return `${facts.title}. ${figureDetails(facts)}`;
}

/** The caption without the title, which stands above the figure. */
export function figureDetails(facts: FigureFacts): string {
  const { model, precision, product, n, comparedWith, seed, version, notes = [] } = facts;
  return [
    ...notes,
    t`Model: ${isolated(model)} (${precision}).`,
    t`Inner product: ${product}.`,
    `${n}.`,
    comparedWith === null ? t('Not compared with chance.') : t`Compared with ${comparedWith}.`,
    t`Seed\u00a0${seed}.`,
    `Concept\u00a0Probe\u00a0${version}.`,
  ].join(' ');
}
