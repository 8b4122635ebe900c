import { t } from '@vscode/l10n';
import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import { pairKey, pairLabel, withLeftOut, type Concept, type CounterfactualPair } from './concept';
import { categoryProblem, type Category } from './categories';
import { categoryKeys, categoryLines } from './categoryParts';
import { contextKeys, contextLines } from './contextParts';
import type { Contexts } from './contexts';
import { describeObjectIssue, listBody, namedLines, word } from './fileParts';
import { jsonProblem } from './jsonProblem';
import { tokenPolicies, type TokenRule } from './tokenRule';

/** How the name of a concept file ends. */
export const conceptFileSuffix = '.concepts.json';

/** The content of a `*.concepts.json` file, the only place where pairs, contexts and categories are stored. */
export interface ConceptFile extends Contexts {
  readonly $schema?: string;
  /** As read. Written is {@link versionOf}. */
  readonly version: 1 | 2 | 3 | 4;
  /** How words are tokenized; {@link defaultTokenRule} by default. */
  readonly tokens?: TokenRule;
  readonly concepts: readonly Concept[];
  readonly categories?: readonly Category[];
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

const pair = v.pipe(
  v.array(word, t('a pair must be ["base", "target"]')),
  v.length(2, t('a pair must be exactly two words, ["base", "target"]')),
  v.transform(([base, target]) => ({ base: base!, target: target! })),
);

const concept = v.strictObject(
  {
    name: v.pipe(v.string(t('"name" must be a string')), v.trim(), v.nonEmpty(t('a concept needs a name'))),
    note: v.exactOptional(v.string(t('"note" must be a string'))),
    pairs: v.array(pair, t('"pairs" must be a list of ["base", "target"]')),
    leftOut: v.exactOptional(v.array(pair, t('"leftOut" must be a list of ["base", "target"]'))),
  },
  describeObjectIssue(t('a concept'), t('"name" and "pairs"')),
);

const tokenRule = v.pipe(
  v.unknown(),
  // Valibot takes a list for an object without keys, and no key of this one is required.
  v.check((value) => !Array.isArray(value), t('"tokens" must be an object with "policy" and "leadingSpace"')),
  v.strictObject(
    {
      policy: v.optional(
        v.picklist(tokenPolicies, t`"policy" must be one of ${tokenPolicies.join(', ')}`),
        'single',
      ),
      leadingSpace: v.optional(v.boolean(t('"leadingSpace" must be true or false')), true),
    },
    describeObjectIssue('"tokens"', t('"policy" and "leadingSpace"')),
  ),
);

const conceptFile = v.strictObject(
  {
    $schema: v.exactOptional(v.string(t('"$schema" must be a string'))),
    version: v.picklist(
      [1, 2, 3, 4],
      t(
        'this version reads concept files of "version": 1, 2, 3 and 4 only; update Concept Probe to read newer ones',
      ),
    ),
    tokens: v.exactOptional(tokenRule),
    concepts: v.array(concept, t('"concepts" must be a list of concepts')),
    ...contextKeys,
    ...categoryKeys,
  },
  describeObjectIssue(t('a concept file'), t('"version" and "concepts"')),
);

/** Parses a concept file. Never throws: returns a problem with its position in the text. */
export function parseConceptFile(text: string): ParsedConceptFile {
  if (text.trim() === '')
    return problemAt(text, 0, t('it is empty; start with { "version": 1, "concepts": [] }'));
  const errors: ParseError[] = [];
  const tree = parseShallow(text, errors);
  const [error] = errors;
  if (error) {
    const { offset, message } = jsonProblem(text, error);
    return problemAt(text, offset, message);
  }
  if (!tree) return problemAt(text, 0, t('its brackets are nested too deeply'));
  const twiceKey = firstRepeatedKey(tree);
  if (twiceKey) return problemAt(text, twiceKey.offset, t`the key ${twiceKey.name} appears twice; keep one`);
  const parsed = v.safeParse(conceptFile, JSON.parse(text), { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return problemAt(
      text,
      offsetOf(tree, issue.path?.map((item) => item.key as string | number) ?? []),
      issue.message,
    );
  }
  const wrong =
    repeatedName(parsed.output) ?? strayLeftOut(parsed.output.concepts) ?? wrongCategory(parsed.output);
  if (wrong) return problemAt(text, offsetOf(tree, wrong.path), wrong.message);
  return { ok: true, file: { ...parsed.output, concepts: parsed.output.concepts.map(withMarkedPairs) } };
}

/** The canonical text of a concept file, with one pair per line, which is easy to compare and to edit by hand. */
export function serializeConceptFile(file: ConceptFile): string {
  const lines: string[] = ['{'];
  if (file.$schema !== undefined) lines.push(`  "$schema": ${JSON.stringify(file.$schema)},`);
  lines.push(`  "version": ${versionOf(file)},`);
  if (file.tokens) {
    const { policy, leadingSpace } = file.tokens;
    lines.push(`  "tokens": { "policy": ${JSON.stringify(policy)}, "leadingSpace": ${leadingSpace} },`);
  }
  const lists = [
    `  "concepts": [${listBody(file.concepts.map(conceptLines), 2)}]`,
    ...contextLines(file),
    ...categoryLines(file.categories),
  ];
  lines.push(lists.join(',\n'), '}', '');
  return lines.join('\n');
}

/** The first version of the format that has what the file has. */
export function versionOf({
  concepts,
  contextPairs,
  contextSets,
  categories,
}: Pick<ConceptFile, 'concepts' | 'categories'> & Contexts): ConceptFile['version'] {
  if (categories) return 4;
  if (concepts.some(({ pairs }) => pairs.some(({ leftOut }) => leftOut))) return 3;
  return contextPairs || contextSets ? 2 : 1;
}

/** Where the value at `path` is in the text of a valid concept file; `undefined` if the file does not have it. */
export function placeOf(
  text: string,
  path: readonly (string | number)[],
): { readonly start: number; readonly end: number } | undefined {
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, [...path]);
  return node && { start: node.offset, end: node.offset + node.length };
}

/** Where a pair of a concept is. See {@link placeOf}. */
export function pairOffset(text: string, concept: number, pair: number): ReturnType<typeof placeOf> {
  return placeOf(text, ['concepts', concept, 'pairs', pair]);
}

function conceptLines({ name, note, pairs }: Concept): string {
  return namedLines(
    'name',
    name,
    'pairs',
    pairs.map(({ base, target }) => [base, target]),
    note === undefined ? [] : [`"note": ${JSON.stringify(note)},`],
    leftOutEntries(pairs),
  );
}

/** Equal pairs are left out together, so each is named once. */
function leftOutEntries(pairs: readonly CounterfactualPair[]): Readonly<Record<string, readonly unknown[]>> {
  const leftOut = pairs.filter((pair) => pair.leftOut);
  const distinct = new Map(leftOut.map((pair) => [pairKey(pair), pair]));
  return distinct.size === 0
    ? {}
    : { leftOut: Array.from(distinct.values(), ({ base, target }) => [base, target]) };
}

/** A concept as the file writes it: the pairs that are left out are named a second time. */
interface WrittenConcept extends Concept {
  readonly leftOut?: readonly CounterfactualPair[];
}

function withMarkedPairs({ leftOut = [], ...concept }: WrittenConcept): Concept {
  if (leftOut.length === 0) return concept;
  const keys = new Set(leftOut.map(pairKey));
  return { ...concept, pairs: concept.pairs.map((pair) => withLeftOut(pair, keys.has(pairKey(pair)))) };
}

/** A text that nests too deeply is not a concept file. */
export function parseShallow(text: string, errors: ParseError[] = []): Node | undefined {
  return unlessTooDeep(() => parseTree(text, errors, { disallowComments: true }));
}

/** `undefined` if brackets are nested too deeply for the stack of jsonc-parser, which is recursive. */
export function unlessTooDeep<T>(parse: () => T): T | undefined {
  try {
    return parse();
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

/** What is wrong at a path of the file, although each part is valid by itself. */
interface FileProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** An entry of "leftOut" that is none of the concept's pairs; with a typing error in it, the pair would still count. */
function strayLeftOut(concepts: readonly WrittenConcept[]): FileProblem | undefined {
  for (const [index, { pairs, leftOut = [] }] of concepts.entries()) {
    const keys = new Set(pairs.map(pairKey));
    const at = leftOut.findIndex((one) => !keys.has(pairKey(one)));
    if (at < 0) continue;
    const message = t`"leftOut" names ${pairLabel(leftOut[at]!)}, which is none of the concept’s pairs; correct or remove it`;
    return { path: ['concepts', index, 'leftOut', at], message };
  }
  return undefined;
}

function wrongCategory({ categories = [] }: Pick<ConceptFile, 'categories'>): FileProblem | undefined {
  const problem = categoryProblem(categories);
  return problem && { path: ['categories', problem.index, problem.key], message: problem.message };
}

/** The second occurrence of a name in its list. */
function repeatedName(file: ConceptFile): FileProblem | undefined {
  const messages = {
    concepts: (name: string) => t`the concept “${name}” appears twice; rename one or merge their pairs`,
    contextPairs: (name: string) =>
      t`the set of context pairs “${name}” appears twice; rename one or merge their pairs`,
    contextSets: (name: string) => t`the label “${name}” appears twice; rename one or merge their texts`,
  };
  const lists = [
    { list: 'concepts', key: 'name' },
    { list: 'contextPairs', key: 'name' },
    { list: 'contextSets', key: 'label' },
  ] as const;
  for (const { list, key } of lists) {
    const names = (file[list] ?? []).map((one) => ('name' in one ? one.name : one.label));
    const seen = new Set<string>();
    const at = names.findIndex((name) => seen.size === seen.add(name).size);
    if (at < 0) continue;
    return { path: [list, at, key], message: messages[list](names[at]!) };
  }
  return undefined;
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
