import type { EngineMethods } from '../engine/engineMethods';
import type { Output } from './output';

interface Explained {
  /** One line for `--help`, without a period. */
  readonly help: string;
  /** Its heading in `--help`; a command's own options have none. */
  readonly section?: string;
}

/** An option without a value, such as `--json`. */
export interface Flag extends Explained {
  readonly type: 'boolean';
}

/** An option with a value, such as `--seed 3`. */
export interface ValueOption extends Explained {
  readonly type: 'string';
  /** Stands for the value in `--help`, such as `N`. */
  readonly placeholder: string;
  /** It may be given several times; its value is the list. */
  readonly multiple?: true;
  /** The default value, as a user would type it. */
  readonly default?: string;
  /** Set if the command requires the option: what the error message asks for, such as `FILE`. */
  readonly required?: string;
  /** Parses the text of the value; by default the value is the text itself. @throws UsageError naming the option */
  readonly read?: (text: string, option: string) => unknown;
}

/** Everything about one option: how it is parsed, and its text in `--help`. */
export type Option = Flag | ValueOption;
/** By name, without the dashes. */
export type Options = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends { readonly type: 'boolean' }
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : O extends { readonly read: (text: string, option: string) => infer T }
      ? T
      : // Nothing is known about an option of unknown type.
        'read' extends keyof O
        ? unknown
        : string;

type AlwaysThere<O extends Options> = {
  [K in keyof O]: O[K] extends { readonly default: string } | { readonly required: string } ? K : never;
}[keyof O];

/** The parsed values of options. An option is absent if it is not given, has no default and is not required. */
export type Values<O extends Options> = {
  readonly [K in AlwaysThere<O>]: ValueOf<O[K]>;
} & { readonly [K in Exclude<keyof O, AlwaysThere<O>>]?: ValueOf<O[K]> };

/** The parsed arguments of a command. */
export interface Given<O extends Options> {
  readonly values: Values<O>;
  readonly inputs: readonly string[];
}

/** What a command works with. */
export interface Context {
  readonly methods: EngineMethods;
  readonly output: Output;
}

/** Descriptor of a command, from which parsing and `--help` are derived. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** What it does, in one line without a period. */
  readonly summary: string;
  /** Additional lines of its `--help`. */
  readonly details?: readonly string[];
  /** Its positional arguments, for the usage line and for error messages; `null`: none. */
  readonly inputs: { readonly usage: string; readonly needs: string } | null;
  readonly options: O;
  /** What is kept if Ctrl+C ends it, besides complete result files: one sentence. */
  readonly kept?: string;
  /** Options of which exactly one is required. */
  readonly exactlyOneOf?: readonly string[];
  /** Checks or rewrites the arguments before parsing. @throws UsageError */
  readonly prepare?: (args: readonly string[]) => readonly string[];
  /** Reads its options before doing anything else. @throws UserError: one sentence for the user */
  run(given: Given<O>, context: Context): void | Promise<void>;
}

/** Checks a descriptor, and infers the types of the options for `run`. */
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
