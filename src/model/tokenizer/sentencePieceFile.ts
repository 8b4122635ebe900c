import { ModelError } from '../../errors';
import { eachField, type MessageField } from './messageFields';
import { pieceTypes, type Pieces } from './pieceModel';

/** What a `tokenizer.model` says. */
export interface SentencePieceFile extends Pieces {
  readonly trainer: {
    /** 1 unigram, 2 BPE, 3 words, 4 characters. */
    readonly modelType: number;
    readonly byteFallback: boolean;
    readonly spacesAtEnd: boolean;
    readonly bos: number;
  };
  readonly normalizer: {
    readonly name: string;
    readonly charsmap: Uint8Array;
    readonly dummyPrefix: boolean;
    readonly removeExtraWhitespaces: boolean;
    readonly escapeWhitespaces: boolean;
  };
}

/**
 * Parses a SentencePiece model (sentencepiece_model.proto).
 *
 * @throws ModelError if the bytes are not such a model, or have no pieces
 */
export function readSentencePieceFile(bytes: Buffer, label: string): SentencePieceFile {
  const pieces = { texts: [] as string[], scores: [] as number[], types: [] as number[] };
  const trainer = { modelType: 1, byteFallback: false, spacesAtEnd: false, bos: 1 };
  const normalizer = {
    ...{ name: '', charsmap: Buffer.alloc(0) as Uint8Array },
    ...{ dummyPrefix: true, removeExtraWhitespaces: true, escapeWhitespaces: true },
  };
  const inside = (field: MessageField, visit: (field: MessageField) => void): void => {
    if (!eachField(bytes, field.start, field.end, visit)) throw notSentencePiece(bytes, label);
  };
  const text = ({ start, end }: MessageField): string => bytes.toString('utf8', start, end);
  const isMessage = eachField(bytes, 0, bytes.length, (field) => {
    if (field.number === 1) {
      let [content, score, type]: [string, number, number] = ['', 0, pieceTypes.normal];
      inside(field, (part) => {
        if (part.number === 1) content = text(part);
        else if (part.number === 2) score = part.value;
        else if (part.number === 3) type = part.value;
      });
      pieces.texts.push(content);
      pieces.scores.push(score);
      pieces.types.push(type);
    } else if (field.number === 2)
      inside(field, ({ number, value }) => {
        if (number === 3) trainer.modelType = value;
        else if (number === 24) trainer.spacesAtEnd = value !== 0;
        else if (number === 35) trainer.byteFallback = value !== 0;
        else if (number === 41) trainer.bos = value;
      });
    else if (field.number === 3)
      inside(field, (part) => {
        if (part.number === 1) normalizer.name = text(part);
        else if (part.number === 2) normalizer.charsmap = bytes.subarray(part.start, part.end);
        else if (part.number === 3) normalizer.dummyPrefix = part.value !== 0;
        else if (part.number === 4) normalizer.removeExtraWhitespaces = part.value !== 0;
        else if (part.number === 5) normalizer.escapeWhitespaces = part.value !== 0;
      });
  });
  if (!isMessage || pieces.texts.length === 0) throw notSentencePiece(bytes, label);
  return { ...pieces, trainer, normalizer };
}

/** Llama 3 and Qwen have other files under the same name. */
function notSentencePiece(bytes: Buffer, label: string): ModelError {
  const isTiktoken = /^[A-Za-z0-9+/]+=* \d+\r?\n/u.test(bytes.toString('latin1', 0, 200));
  return new ModelError(
    isTiktoken
      ? `${label} is a file of tiktoken, which has no splitting rule; copy tokenizer.json from the model’s page on the Hub.`
      : `${label} is not a SentencePiece model, or damaged; download it again.`,
  );
}
