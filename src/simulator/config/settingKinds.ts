import { t } from '@vscode/l10n';
import type { Edge } from '../world/graph';

/** Both ends included; `2^m`: the number of assignments of the concepts. */
export type Bounds = readonly [least: number, most: number | '2^m'];

/** What every setting says of itself. */
interface Described<T> {
  /** Names its field in the panel, and its row where two simulations are compared. */
  readonly label: string;
  /** How an error refers to it: "number of steps". */
  readonly noun?: string;
  /** What it is, for the panel and `--help`: a phrase without a period. */
  readonly help: string;
  /** What only the panel does with it: a sentence. */
  readonly panelNote?: string;
  /** The option of `simulate`, with what stands for its value: `--steps N`. Choices list themselves. */
  readonly flag: string;
  readonly default: T;
  /** What the default means, where its value does not say so. */
  readonly defaultText?: string;
  /** Values of another setting with which this one has an effect; without it, always. */
  readonly usedWith?: Readonly<Record<string, readonly unknown[]>>;
}

interface Numeric {
  readonly isWhole: boolean;
  /** How far the arrows of its field go; `any`: as the browser likes. */
  readonly step: number | 'any';
}

export interface NumberSetting extends Described<number>, Numeric {
  readonly kind: 'number';
  /** `null`: every safe integer. */
  readonly bounds: Bounds | null;
}

/** A number, or `null` for a default that follows from other settings. */
export interface OptionalSetting extends Described<number | null>, Numeric {
  readonly kind: 'optional';
  readonly bounds: Bounds;
}

export interface CountSetting extends Described<number | 'all'> {
  readonly kind: 'count';
  readonly bounds: Bounds;
}

/** Two numbers within the bounds, the first at most the second. */
export interface RangeSetting extends Described<readonly [low: number, high: number]> {
  readonly kind: 'range';
  readonly bounds: readonly [least: number, most: number];
  readonly step: number;
}

export interface FlagSetting extends Described<boolean> {
  readonly kind: 'flag';
}

export interface ChoiceSetting<C extends string = string> extends Described<C> {
  readonly kind: 'choice';
  readonly choices: Readonly<Record<C, string>>;
}

/** `null`: a random graph. */
export interface EdgesSetting extends Described<readonly Edge[] | null> {
  readonly kind: 'edges';
}

/** As `0⋄⋄`; `null`: all of them. */
export interface ContextsSetting extends Described<readonly string[] | null> {
  readonly kind: 'contexts';
}

export type Setting =
  | NumberSetting
  | OptionalSetting
  | CountSetting
  | RangeSetting
  | FlagSetting
  | ChoiceSetting
  | EdgesSetting
  | ContextsSetting;

type Given<S extends NumberSetting | OptionalSetting> = Omit<S, 'kind' | 'isWhole' | 'step'> & {
  readonly step?: S['step'];
};

export function wholeNumber(setting: Given<NumberSetting>): NumberSetting {
  return { kind: 'number', isWhole: true, step: 1, ...setting };
}

export function realNumber(setting: Given<NumberSetting>): NumberSetting {
  return { kind: 'number', isWhole: false, step: 'any', ...setting };
}

export function optionalNumber(setting: Omit<Given<OptionalSetting>, 'default'>): OptionalSetting {
  return { kind: 'optional', isWhole: true, step: 1, default: null, ...setting };
}

export function countOrAll(setting: Omit<CountSetting, 'kind' | 'default'>): CountSetting {
  return { kind: 'count', default: 'all', defaultText: t('all'), ...setting };
}

export function range(setting: Omit<RangeSetting, 'kind'>): RangeSetting {
  return { kind: 'range', ...setting };
}

/** Off by default. */
export function flag(setting: Omit<FlagSetting, 'kind' | 'default'>): FlagSetting {
  return { kind: 'flag', default: false, ...setting };
}

/** @param choices what the panel calls each */
export function choice<C extends string>(
  choices: Readonly<Record<C, string>>,
  setting: Omit<ChoiceSetting<NoInfer<C>>, 'kind' | 'choices'>,
): ChoiceSetting<C> {
  return { kind: 'choice', choices, ...setting };
}

export function edges(setting: Omit<EdgesSetting, 'kind' | 'default'>): EdgesSetting {
  return { kind: 'edges', default: null, ...setting };
}

export function contexts(setting: Omit<ContextsSetting, 'kind' | 'default'>): ContextsSetting {
  return { kind: 'contexts', default: null, ...setting };
}
