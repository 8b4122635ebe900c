import { ModelError } from '../../errors';
import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { HubFile } from './repository';

/** @throws ModelError if the checksum differs from the Hub's; the file is removed */
export async function verifyFile(part: string, file: HubFile): Promise<void> {
  if (file.sha256 === null) return;
  const hash = createHash('sha256');
  await pipeline(createReadStream(part, { highWaterMark: 1 << 20 }), hash);
  if (hash.digest('hex') === file.sha256) return;
  rmSync(part, { force: true });
  throw new ModelError(
    `${file.path} was damaged in transfer (its SHA-256 differs from the listed one); download it again.`,
  );
}
