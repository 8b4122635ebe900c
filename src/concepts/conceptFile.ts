import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import { longestWord, type Concept } from './concept';
import { jsonProblem } from './jsonProblem';
import { tokenPolicies, type TokenRule } from './tokenRule';

/** The content of a `*.concepts.json` file, the only place where pairs are stored. */
export interface ConceptFile {
  readonly $schema?: string;
  readonly version: 1;
  /** How words are tokenized; {@link defaultTokenRule} by default. */
  readonly tokens?: TokenRule;
  readonly concepts: readonly Concept[];
}

/**
 * Why a text is not a valid concept file. `line` and `column` count from 1; `message` is one sentence without the file's
 * name.
 */
export interface ConceptFileProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export type ParsedConceptFile =
  | { readonly ok: true; readonly file: ConceptFile }
  | { readonly ok: false; readonly problem: ConceptFileProblem };

export const emptyConceptFile: ConceptFile = { version: 1, concepts: [] };

const word = v.pipe(
  v.string('a word must be a string'),
  v.trim(),
  v.nonEmpty('a word must not be empty'),
  v.maxLength(longestWord, `a word must not be longer than ${longestWord} characters`),
);

const pair = v.pipe(
  v.array(word, 'a pair must be ["base", "target"]'),
  v.length(2, 'a pair must be exactly two words, ["base", "target"]'),
  v.transform(([base, target]) => ({ base: base!, target: target! })),
);

const concept = v.strictObject(
  {
    name: v.pipe(v.string('"name" must be a string'), v.trim(), v.nonEmpty('a concept needs a name')),
    note: v.exactOptional(v.string('"note" must be a string')),
    pairs: v.array(pair, '"pairs" must be a list of ["base", "target"]'),
  },
  describeObjectIssue('a concept', '"name" and "pairs"'),
);

const tokenRule = v.pipe(
  v.unknown(),
  // Valibot takes a list for an object without keys, and no key of this one is required.
  v.check((value) => !Array.isArray(value), '"tokens" must be an object with "policy" and "leadingSpace"'),
  v.strictObject(
    {
      policy: v.optional(
        v.picklist(tokenPolicies, `"policy" must be one of ${tokenPolicies.join(', ')}`),
        'single',
      ),
      leadingSpace: v.optional(v.boolean('"leadingSpace" must be true or false'), true),
    },
    describeObjectIssue('"tokens"', '"policy" and "leadingSpace"'),
  ),
);

const conceptFile = v.strictObject(
  {
    $schema: v.exactOptional(v.string('"$schema" must be a string')),
    version: v.literal(
      1,
      'this version reads concept files of "version": 1 only; update Concept Probe to read newer ones',
    ),
    tokens: v.exactOptional(tokenRule),
    concepts: v.array(concept, '"concepts" must be a list of concepts'),
  },
  describeObjectIssue('a concept file', '"version" and "concepts"'),
);

/** Parses a concept file. Never throws: returns a problem with its position in the text. */
export function parseConceptFile(text: string): ParsedConceptFile {
  if (text.trim() === '')
    return problemAt(text, 0, 'it is empty; start with { "version": 1, "concepts": [] }');
  const errors: ParseError[] = [];
  const tree = parseShallow(text, errors);
  const [error] = errors;
  if (error) {
    const { offset, message } = jsonProblem(text, error);
    return problemAt(text, offset, message);
  }
  if (!tree) return problemAt(text, 0, 'its brackets are nested too deeply');
  const twiceKey = firstRepeatedKey(tree);
  if (twiceKey) return problemAt(text, twiceKey.offset, `the key ${twiceKey.name} appears twice; keep one`);
  const parsed = v.safeParse(conceptFile, JSON.parse(text), { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return problemAt(
      text,
      offsetOf(tree, issue.path?.map((item) => item.key as string | number) ?? []),
      issue.message,
    );
  }
  const twiceName = firstRepeatedName(parsed.output.concepts);
  if (twiceName !== undefined) {
    const offset = offsetOf(tree, ['concepts', twiceName, 'name']);
    const name = parsed.output.concepts[twiceName]!.name;
    return problemAt(text, offset, `the concept “${name}” appears twice; rename one or merge their pairs`);
  }
  return { ok: true, file: parsed.output };
}

/** The canonical text of a concept file, with one pair per line, which is easy to compare and to edit by hand. */
export function serializeConceptFile(file: ConceptFile): string {
  const lines: string[] = ['{'];
  if (file.$schema !== undefined) lines.push(`  "$schema": ${JSON.stringify(file.$schema)},`);
  lines.push(`  "version": ${file.version},`);
  if (file.tokens) {
    const { policy, leadingSpace } = file.tokens;
    lines.push(`  "tokens": { "policy": ${JSON.stringify(policy)}, "leadingSpace": ${leadingSpace} },`);
  }
  lines.push(`  "concepts": [${listBody(file.concepts.map(conceptLines), 2)}]`, '}', '');
  return lines.join('\n');
}

/** The offset of a pair in the text of a valid concept file; `undefined` if the file does not have the pair. */
export function pairOffset(
  text: string,
  concept: number,
  pair: number,
): { start: number; end: number } | undefined {
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, ['concepts', concept, 'pairs', pair]);
  return node && { start: node.offset, end: node.offset + node.length };
}

function conceptLines(one: Concept): string {
  const note = one.note === undefined ? '' : `\n      "note": ${JSON.stringify(one.note)},`;
  const pairs = one.pairs.map(({ base, target }) => `[${JSON.stringify(base)}, ${JSON.stringify(target)}]`);
  return `{\n      "name": ${JSON.stringify(one.name)},${note}\n      "pairs": [${listBody(pairs, 6)}]\n    }`;
}

function listBody(items: readonly string[], indent: number): string {
  const pad = '\n' + ' '.repeat(indent);
  return items.length === 0 ? '' : items.map((item) => `${pad}  ${item}`).join(',') + pad;
}

function describeObjectIssue(what: string, keys: string) {
  return ({ expected, received }: v.StrictObjectIssue): string => {
    if (expected === 'never') return `${what} has no key ${received}`;
    if (received === 'undefined') return `${what} needs ${expected}`;
    return `${what} must be an object with ${keys}`;
  };
}

/** The parser is recursive; a text that nests too deeply for its stack is not a concept file. */
function parseShallow(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** JSON.parse uses the last of two equal keys, so that the next edit would lose the pairs of the first. */
function firstRepeatedKey(tree: Node): { name: string; offset: number } | undefined {
  const waiting = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const keys = new Set<unknown>();
    for (const child of node.children ?? []) {
      waiting.push(child);
      const key = child.type === 'property' ? child.children?.[0] : undefined;
      if (key && keys.size === keys.add(key.value).size)
        return { name: JSON.stringify(key.value), offset: key.offset };
    }
  }
  return undefined;
}

function firstRepeatedName(concepts: readonly Concept[]): number | undefined {
  const seen = new Set<string>();
  const index = concepts.findIndex(({ name }) => seen.size === seen.add(name).size);
  return index < 0 ? undefined : index;
}

/** Offset of the node at `path`, or of its closest existing ancestor. */
function offsetOf(tree: Node, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node) return (node.parent?.type === 'property' ? node.parent : node).offset;
  }
  return tree.offset;
}

function problemAt(text: string, offset: number, message: string): ParsedConceptFile {
  const before = text.slice(0, offset).split('\n');
  return { ok: false, problem: { message, line: before.length, column: before.at(-1)!.length + 1 } };
}
