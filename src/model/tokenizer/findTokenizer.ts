import { join, relative, sep } from 'node:path';
import { ModelError } from '../../errors';
import type { GgufFile } from '../gguf/ggufFile';
import { placeOf, type ModelFolder } from '../modelFolder';
import { orUndefined } from '../orUndefined';
import { ggufPieces, ggufSource, ggufTokens, hasTokenizer } from './ggufSource';
import { jsonSource } from './jsonSource';
import { pieceTypes } from './pieceModel';
import { sentencePieceSource } from './sentencePieceSource';
import type { TokenizerSource } from './tokenizerSource';
import { tokensOf } from './vocabularyOf';

/** A model's tokenizer, and where it was found. */
export interface FoundTokenizer {
  readonly source: TokenizerSource;
  /** For the details of a model, such as `../tokenizer.json`. */
  readonly place: string;
}

/** Files that belong to tokenizers. */
export const tokenizerFiles = [
  'tokenizer.json',
  'tokenizer.model',
  'tokenizer_config.json',
  'added_tokens.json',
];

/**
 * A model's tokenizer: the nearest `tokenizer.json`, else what the GGUF file itself says, else the nearest `tokenizer.model`.
 * Beside a GGUF file, a `tokenizer.json` counts only if it has the file's own tokens: folders of downloads mix models.
 *
 * @param gguf the first file of a GGUF model, `null` for other formats
 * @throws ModelError if there is none, or it is of a kind that cannot be read
 */
export function findTokenizer(folder: ModelFolder, gguf: GgufFile | null): FoundTokenizer {
  const { path, places, name } = folder;
  const placed = (file: string): Placed | undefined => {
    const place = placeOf(places, file);
    return place === undefined
      ? undefined
      : { folder: place, place: relative(path, join(place, file)).split(sep).join('/') };
  };
  const own = gguf && hasTokenizer(gguf) ? gguf : null;
  const json = placed('tokenizer.json');
  const source = json && (own ? belonging(json.folder, own) : jsonSource(json.folder));
  if (json && source) return { source, place: json.place };
  if (own)
    return {
      source: ggufSource(own),
      place: `the GGUF file’s own${json ? `, because ${json.place} has other tokens` : ''}`,
    };
  const model = placed('tokenizer.model');
  if (model) return { source: sentencePieceSource(model.folder), place: model.place };
  const missing = gguf
    ? `${gguf.source.label} describes no tokenizer, and there is no tokenizer.json beside it`
    : `The model folder ${name} has no tokenizer.json`;
  throw new ModelError(
    `${missing}; copy it there from the model's page on the Hub, or a tokenizer.model of SentencePiece.`,
  );
}

/** The folder of a file, and the file's path from the model folder. */
interface Placed {
  readonly folder: string;
  readonly place: string;
}

/** Words whose pieces show whether two vocabularies are the same. */
const common = ['the', 'of', 'and', 'king', 'language', 'Paris', 'understanding'];

/** The folder's `tokenizer.json` if it has the tokens of a GGUF file. */
function belonging(folder: string, file: GgufFile): TokenizerSource | undefined {
  return orUndefined(() => {
    const source = jsonSource(folder);
    const part = source.readFor?.(common);
    const known = tokensOf(part?.definition ?? source.read(), source.config);
    const ids = [...known.map(([id]) => id), ...(part?.ids ?? [])];
    const count = ids.reduce((most, id) => Math.max(most, id), -1) + 1;
    const { texts, types } = ggufPieces(ggufTokens(file), undefined);
    const isSame = ([id, piece]: (typeof known)[number]): boolean =>
      types[id] !== pieceTypes.normal || texts[id] === piece;
    const hasAll = count <= texts.length && texts.slice(count).every((text) => text === '');
    return hasAll && known.every(isSame) ? source : undefined;
  });
}
