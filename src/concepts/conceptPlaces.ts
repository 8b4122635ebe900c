import { findNodeAtLocation, getLocation, type Node } from 'jsonc-parser';
import { parseShallow, unlessTooDeep } from './conceptFile';

/** Offsets in a text, the end excluded. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where a pair of a concept file is, and where its two words are, with their quotation marks. */
export interface PairPlace extends Place {
  readonly words: readonly Place[];
}

/** Where a concept's name is, and its pairs, in the order of the file. */
export interface ConceptPlace extends Place {
  readonly pairs: readonly PairPlace[];
}

/** Where everything is in the text of a concept file, which is read once. Never throws; an invalid text has fewer places. */
export function conceptPlaces(text: string): readonly ConceptPlace[] {
  const tree = parseShallow(text);
  const concepts = tree && findNodeAtLocation(tree, ['concepts']);
  return (concepts?.children ?? []).map((concept) => {
    const name = findNodeAtLocation(concept, ['name']) ?? concept;
    const pairs = findNodeAtLocation(concept, ['pairs'])?.children ?? [];
    return {
      ...placeOfNode(name),
      pairs: pairs.map((pair) => ({ ...placeOfNode(pair), words: (pair.children ?? []).map(placeOfNode) })),
    };
  });
}

/** A word of a concept's pair at an offset of a concept file, as far as it is written; `undefined` elsewhere. */
export function wordAt(text: string, offset: number): (Place & { readonly typed: string }) | undefined {
  const location = unlessTooDeep(() => getLocation(text, offset));
  if (!location) return undefined;
  const { path, previousNode } = location;
  const [list, , key, , word] = path;
  if (list !== 'concepts' || key !== 'pairs' || typeof word !== 'number') return undefined;
  if (previousNode?.type !== 'string') return undefined;
  const start = previousNode.offset + 1;
  // An unfinished string ends with its line.
  const closed = /^"(?:[^"\\\n]|\\.)*"/u.exec(text.slice(previousNode.offset));
  const end = closed ? previousNode.offset + closed[0].length - 1 : previousNode.offset + previousNode.length;
  return offset < start || offset > end ? undefined : { start, end, typed: text.slice(start, offset) };
}

function placeOfNode({ offset, length }: Node): Place {
  return { start: offset, end: offset + length };
}
