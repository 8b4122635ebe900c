import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseJsonObject, readJsonObject } from '../jsonFile';
import { readRegularFile } from '../storage/regularFile';
import { withRelevantVocabulary } from './relevantVocabulary';
import type { TokenizerSource } from './tokenizerSource';
import type { TokenizerDefinition } from './tokenizerText';

/** Bytes: ten times what the largest vocabularies need. */
export const largestTokenizer = 200_000_000;

/** A folder's `tokenizer.json`. @throws ModelError if it is too large or unreadable */
export function jsonSource(folder: string): TokenizerSource {
  const label = `tokenizer.json of ${basename(folder)}`;
  const config = tokenizerConfig(folder);
  // Until it is parsed as a whole.
  let bytes: Buffer | undefined = readRegularFile(join(folder, 'tokenizer.json'), label, largestTokenizer);
  let parsed: TokenizerDefinition | undefined;
  return {
    label,
    config,
    read: () => {
      parsed ??= parseJsonObject(bytes!, label);
      bytes = undefined;
      return parsed;
    },
    readFor: (words) =>
      !bytes || config['do_lowercase_and_remove_accent'] ? undefined : withRelevantVocabulary(bytes, words),
  };
}

/** A folder's `tokenizer_config.json`; `{}` if there is none. @throws ModelError if it is not JSON */
export function tokenizerConfig(folder: string): TokenizerDefinition {
  const path = join(folder, 'tokenizer_config.json');
  return existsSync(path) ? readJsonObject(path, `tokenizer_config.json of ${basename(folder)}`) : {};
}
