import { ModelError } from '../../errors';
import { GgufCursor } from '../gguf/ggufCursor';
import { ByteSource } from '../storage/byteSource';

/** What the first kilobytes of a GGUF file say. */
export interface GgufGlance {
  readonly architecture: string | null;
  /** `model`, `adapter`, `mmproj` …; `null` if not stated. */
  readonly type: string | null;
  /** How the file was quantized, such as `Q4_K_M`; `null` if it is not stated before the vocabulary. */
  readonly precision: string | null;
}

/** The values of `general.file_type` (enum llama_ftype of llama.cpp). */
const fileTypes: ReadonlyMap<number, string> = new Map(
  (
    '0 F32, 1 F16, 2 Q4_0, 3 Q4_1, 7 Q8_0, 8 Q5_0, 9 Q5_1, 10 Q2_K, 11 Q3_K_S, 12 Q3_K_M, 13 Q3_K_L, 14 Q4_K_S, ' +
    '15 Q4_K_M, 16 Q5_K_S, 17 Q5_K_M, 18 Q6_K, 19 IQ2_XXS, 20 IQ2_XS, 21 Q2_K_S, 22 IQ3_XS, 23 IQ3_XXS, 24 IQ1_S, ' +
    '25 IQ4_NL, 26 IQ3_S, 27 IQ3_M, 28 IQ2_S, 29 IQ2_M, 30 IQ4_XS, 31 IQ1_M, 32 BF16, 36 TQ1_0, 37 TQ2_0, 38 MXFP4'
  )
    .split(', ')
    .map((entry): [number, string] => [parseInt(entry, 10), entry.replace(/^\d+ /u, '')]),
);

const [arrayType, longestGlance, mostEntries, longestList] = [9, 1 << 16, 200, 64];

/**
 * Reads the metadata that precede the vocabulary, which GgufFile would read as a whole: some megabytes in large models.
 *
 * @returns undefined if it is not a GGUF file, or damaged
 */
export function glanceAtGguf(path: string): GgufGlance | undefined {
  let source: ByteSource | undefined;
  try {
    source = new ByteSource(path, path);
    return readStart(new GgufCursor(source));
  } catch (error) {
    if (error instanceof ModelError || error instanceof RangeError) return undefined;
    throw error;
  } finally {
    source?.close();
  }
}

function readStart(cursor: GgufCursor): GgufGlance | undefined {
  const { source } = cursor;
  if (cursor.text(4) !== 'GGUF') return undefined;
  const version = cursor.u32();
  if (version !== 2 && version !== 3) return undefined;
  cursor.u64();
  const count = Math.min(cursor.u64(), mostEntries);
  const texts = new Map<string, string>();
  let fileType: number | undefined;
  for (let i = 0; i < count && cursor.offset < longestGlance; i++) {
    const key = cursor.name();
    if (isLongList(cursor)) break;
    const value = cursor.value();
    if (value.type === 'number' && key === 'general.file_type') fileType = value.value;
    if (value.type === 'string' && key.startsWith('general.') && cursor.offset - value.offset < 1000)
      texts.set(key, new GgufCursor(source, value.offset).string());
  }
  return {
    architecture: texts.get('general.architecture') ?? null,
    type: texts.get('general.type') ?? null,
    precision: fileTypes.get(fileType ?? -1) ?? null,
  };
}

/** Looks ahead. */
function isLongList(cursor: GgufCursor): boolean {
  const start = cursor.offset;
  const isLong = cursor.u32() === arrayType && (cursor.u32(), cursor.u64() > longestList);
  cursor.offset = start;
  return isLong;
}
