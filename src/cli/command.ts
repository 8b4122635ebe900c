import type { EngineMethods } from '../engine/engineMethods';
import type { Output } from './output';

interface Explained {
  /** One line for `--help`, without a period. */
  readonly help: string;
  /** The heading that `--help` lists it under; a command's own options have none. */
  readonly section?: string;
}

/** An option that stands alone, such as `--json`. */
export interface Flag extends Explained {
  readonly type: 'boolean';
}

/** An option with a value, such as `--seed 3`. */
export interface ValueOption extends Explained {
  readonly type: 'string';
  /** What stands for the value in `--help`, such as `N`. */
  readonly placeholder: string;
  /** The value if none is given, as a user would type it. */
  readonly default?: string;
  /** A command does not run without it: what its refusal asks for, such as `FILE`. */
  readonly required?: string;
  /** The value of the text; without it, the text itself. @throws UsageError naming the option */
  readonly read?: (text: string, option: string) => unknown;
}

/** Everything about one option: how it is read, and what `--help` says of it. */
export type Option = Flag | ValueOption;
/** By name, without the dashes. */
export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends { readonly type: 'boolean' }
  ? boolean
  : O extends { readonly read: (text: string, option: string) => infer T }
    ? T
    : // Of an option of any kind nothing is known.
      'read' extends keyof O
      ? unknown
      : string;

type AlwaysThere<O extends Options> = {
  [K in keyof O]: O[K] extends { readonly default: string } | { readonly required: string } ? K : never;
}[keyof O];

/** The values of options, read. An option that is not given, has no default and is not required is absent. */
export type Values<O extends Options> = {
  readonly [K in AlwaysThere<O>]: ValueOf<O[K]>;
} & { readonly [K in Exclude<keyof O, AlwaysThere<O>>]?: ValueOf<O[K]> };

/** What a command is given to do. */
export interface Given<O extends Options> {
  readonly values: Values<O>;
  readonly inputs: readonly string[];
}

/** What a command works with. */
export interface Context {
  readonly methods: EngineMethods;
  readonly output: Output;
}

/** A command of the command line: all that is known of it, from which parsing and `--help` follow. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** What it does, in one line without a period. */
  readonly summary: string;
  /** Further lines of its `--help`. */
  readonly details?: readonly string[];
  /** What it takes besides options, and how a sentence names that; `null`: nothing. */
  readonly inputs: { readonly usage: string; readonly needs: string } | null;
  readonly options: O;
  /** Options of which exactly one has to be given. */
  readonly exactlyOneOf?: readonly string[];
  /** Checks or rewrites the arguments before they are parsed. @throws UsageError */
  readonly prepare?: (args: readonly string[]) => readonly string[];
  /** Reads its options before anything else. @throws UserError: one sentence for the user */
  run(given: Given<O>, context: Context): void | Promise<void>;
}

/** Checks a descriptor, and gives `run` the types of its options. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command;
}

/** The same options under a heading of `--help`. */
export function inSection<const O extends Options>(
  section: string,
  options: O,
): { readonly [K in keyof O]: O[K] & { readonly section: string } } {
  const entries = Object.entries(options).map(([name, option]) => [name, { ...option, section }]);
  return Object.fromEntries(entries) as { readonly [K in keyof O]: O[K] & { readonly section: string } };
}
