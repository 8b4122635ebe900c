import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { isConceptSource } from '../concepts/conceptSources';
import { namesFile } from '../protocol/modelChoice';
import type { Options } from './command';
import { split } from './parseCommand';

const option = '--compare';

/**
 * `--compare` may be followed by several models, which parseArgs does not support: each gets an option of its own. What follows
 * is a model up to the next option, except files that contain concepts; but one model alone if nothing else is an input.
 */
export function withCompared(args: readonly string[], options: Options): readonly string[] {
  if (!args.includes(option)) return args;
  const several = severalCompared(args);
  return split(several, options, true).positionals.length > 0 ? several : args;
}

function severalCompared(args: readonly string[]): readonly string[] {
  const at = args.indexOf(option);
  if (at < 0) return args;
  const first = at + 2;
  const next = args.findIndex((arg, i) => i >= first && arg.startsWith('-'));
  const end = next < 0 ? args.length : next;
  const following = args.slice(first, end);
  const inputs = following.filter(isInput);
  const models = following.filter((arg) => !isInput(arg)).flatMap((arg) => [option, arg]);
  return [...args.slice(0, first), ...models, ...inputs, ...severalCompared(args.slice(end))];
}

/** A file that contains concepts, not one that names the parts of a model. */
function isInput(arg: string): boolean {
  const isFile = statSync(arg, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile && isConceptSource(basename(arg)) && !namesFile(arg);
}
