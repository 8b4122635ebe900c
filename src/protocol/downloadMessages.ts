import type { WeightFormat } from './weightFormat';

/** A model on the Hub. `endpoint`: a Hub other than huggingface.co, such as a mirror; `null` for huggingface.co. */
export interface HubSource {
  readonly endpoint: string | null;
  readonly id: string;
  readonly revision: string;
}

/** A model that a search of the Hub finds, and that works here. */
export interface HubModel {
  readonly id: string;
  readonly downloads: number;
  /** Such as `apache-2.0`; `null` if it is not stated. */
  readonly license: string | null;
  /** Whether its terms must be accepted first. */
  readonly gated: boolean;
  readonly formats: readonly WeightFormat[];
}

/** A file of weights of a repository, with the files that belong to it. */
export interface HubPrecision {
  /** The name that transformers.js uses, such as `q4`; `null` for a file that it has no name for. */
  readonly dtype: string | null;
  readonly file: string;
  /** `null` if the Hub does not report it. */
  readonly bytes: number | null;
}

/** A download that was cancelled or failed. */
export interface UnfinishedDownload {
  readonly id: string;
  readonly revision: string;
  readonly file: string;
  /** Bytes that are already downloaded. */
  readonly bytes: number;
}

export interface DownloadedModel {
  readonly folder: string;
  /** The ONNX file in the folder; empty if the folder has only one. */
  readonly precision: string;
  /** One sentence if the repository lacks something. */
  readonly note: string | null;
}

/**
 * Every call that the download process answers. `models`: the folder that holds a folder per unfinished download; `null` for that
 * of the command line.
 */
export interface DownloadCalls {
  /** Models with this text in their names, the most downloaded first. */
  search: {
    params: { readonly endpoint: string | null; readonly query: string };
    result: readonly HubModel[];
  };
  precisions: { params: HubSource; result: readonly HubPrecision[] };
  download: {
    params: HubSource & { readonly models: string | null; readonly file: string };
    result: DownloadedModel;
  };
  unfinished: { params: { readonly models: string }; result: readonly UnfinishedDownload[] };
  /** Removes the files of an unfinished download. */
  cleanUp: {
    params: { readonly models: string; readonly id: string; readonly revision: string };
    result: null;
  };
}

export type DownloadMethod = keyof DownloadCalls;

/** `org/name`. Checked before use because it becomes a folder name and part of a URL. */
export function isHubModelId(id: string): boolean {
  return /^[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95}$/u.test(id) && !/\.\.|--|\.(git|ipynb)$|\.(\/|$)/u.test(id);
}

/** A branch, tag or commit name that git accepts. */
export function isHubRevision(revision: string): boolean {
  return (
    /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/u.test(revision) &&
    !/\.\.|\.(\/|$)/u.test(revision) &&
    revision.length <= 200
  );
}
