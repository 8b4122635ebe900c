import type { HubRepository } from '../hub/repository';

/** A file of a repository at a commit. */
export interface RemoteFile {
  readonly id: string;
  readonly revision: string;
  readonly commit: string;
  readonly path: string;
  readonly bytes: number;
}

/** Bytes [start, end) of a file. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What the thread that talks to the Hub answers. */
export interface RemoteCalls {
  list: {
    params: { readonly id: string; readonly revision: string };
    result: Omit<HubRepository, 'files'> & { readonly files: readonly HubRepositoryFile[] };
  };
  ranges: {
    params: { readonly file: RemoteFile; readonly ranges: readonly ByteRange[] };
    result: readonly Uint8Array[];
  };
}

type HubRepositoryFile = HubRepository['files'] extends ReadonlyMap<string, infer F> ? F : never;

export interface RemoteRequest {
  readonly method: keyof RemoteCalls;
  readonly params: unknown;
}

/** `unreachable`: the Hub did not answer, so what is already here may still serve. */
export type RemoteReply =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly message: string;
      readonly expected: boolean;
      readonly unreachable: boolean;
    };

/** Places in the shared numbers: whether the answer is there, and a count that grows while data arrives. */
export const [answered, alive] = [0, 1];
