import { statSync } from 'node:fs';

/** A connection broke; what came stays and the rest can be asked for. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** Where in the file an answer begins: 0 unless it is a part. NaN for a part that does not say. */
export function contentStart(response: Response): number {
  if (response.status !== 206) return 0;
  return Number(rangeOf(response)?.[1] ?? NaN);
}

/** How long the whole file is; null where the answer does not say. */
export function fullLength(response: Response): number | null {
  const text = response.status === 206 ? rangeOf(response)?.[2] : response.headers.get('content-length');
  return text !== undefined && text !== null && /^\d+$/u.test(text) ? Number(text) : null;
}

function rangeOf(response: Response): RegExpExecArray | null {
  return /^bytes (\d+)-\d+\/(\d+|\*)$/u.exec(response.headers.get('content-range') ?? '');
}

/** Asks for what is missing, and for all if the file is another by now. */
export function rangeHeaders(have: number, etag: string | null): Record<string, string> {
  if (have === 0) return {};
  const isStrong = etag?.startsWith('"') ?? false;
  return { Range: `bytes=${have}-`, ...(isStrong && etag !== null ? { 'If-Range': etag } : {}) };
}

/** 0 for what is no file. */
export function sizeOf(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.size : 0;
}
