import { findNodeAtLocation, getLocation, type Location, type Node } from 'jsonc-parser';
import { parseShallow } from './conceptFile';

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
  const location = locationIn(text, offset);
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

/** `undefined` if brackets are nested too deeply for the parser, which is recursive. */
function locationIn(text: string, offset: number): Location | undefined {
  try {
    return getLocation(text, offset);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function placeOfNode({ offset, length }: Node): Place {
  return { start: offset, end: offset + length };
}
