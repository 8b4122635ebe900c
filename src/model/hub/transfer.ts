import { statSync } from 'node:fs';

/** A connection broke. The received data is kept, and the rest can be requested. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
}

/** The file offset at which a response starts: 0 unless it is partial, NaN for a partial response without a range. */
export function contentStart(response: Response): number {
  if (response.status !== 206) return 0;
  return Number(rangeOf(response)?.[1] ?? NaN);
}

/** The offset after the last byte of a partial response; NaN if it does not state it. */
export function contentEnd(response: Response): number {
  return Number(rangeOf(response)?.[2] ?? NaN) + 1;
}

/** The length of the whole file; null if the response does not state it. */
export function fullLength(response: Response): number | null {
  const text = response.status === 206 ? rangeOf(response)?.[3] : response.headers.get('content-length');
  return text !== undefined && text !== null && /^\d+$/u.test(text) ? Number(text) : null;
}

function rangeOf(response: Response): RegExpExecArray | null {
  return /^bytes (\d+)-(\d+)\/(\d+|\*)$/u.exec(response.headers.get('content-range') ?? '');
}

/** Requests the missing bytes, or all of them if the file has changed. */
export function rangeHeaders(have: number, etag: string | null): Record<string, string> {
  if (have === 0) return {};
  const isStrong = etag?.startsWith('"') ?? false;
  return { Range: `bytes=${have}-`, ...(isStrong && etag !== null ? { 'If-Range': etag } : {}) };
}

/** 0 if it is not a file. */
export function sizeOf(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.size : 0;
}
