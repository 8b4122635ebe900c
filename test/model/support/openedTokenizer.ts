import { join } from 'node:path';
import { GgufFile } from '../../../src/model/gguf/ggufFile';
import { ByteSource } from '../../../src/model/storage/byteSource';
import { ggufSource } from '../../../src/model/tokenizer/ggufSource';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import { withFolder } from './fixtures';
import { writeGguf, type MetadataValue } from './writeGguf';

/** The tokenizer of a GGUF file with this metadata. Its error is thrown. */
export function ggufTokenizer(metadata: Readonly<Record<string, MetadataValue>>): WordTokenizer {
  let tokenizer: WordTokenizer | undefined;
  withFolder((folder) => {
    const path = join(folder, 'model.gguf');
    writeGguf(path, { metadata });
    const source = new ByteSource(path, 'tiny/model.gguf');
    try {
      tokenizer = new WordTokenizer(ggufSource(new GgufFile(source)));
      // Everything is read while the file exists.
      tokenizer.tokens('a', false);
    } finally {
      source.close();
    }
  });
  return tokenizer!;
}
