/** A model on the Hub. `endpoint`: another Hub than huggingface.co, as a mirror; `null` without one. */
export interface HubSource {
  readonly endpoint: string | null;
  readonly id: string;
  readonly revision: string;
}

/** An ONNX file of a repository, with the data that lies beside it. */
export interface HubPrecision {
  /** What transformers.js calls it, as `q4`; `null` for a file that it has no name for. */
  readonly dtype: string | null;
  readonly file: string;
  /** `null` where the Hub does not say. */
  readonly bytes: number | null;
}

/** A download that was cancelled or failed. */
export interface UnfinishedDownload {
  readonly id: string;
  readonly revision: string;
  readonly file: string;
  /** Bytes that are here already. */
  readonly bytes: number;
}

export interface DownloadedModel {
  readonly folder: string;
  /** The ONNX file in it; empty where the folder has no other. */
  readonly precision: string;
  /** One sentence where the repository lacks something. */
  readonly note: string | null;
}

/** Every call the download process answers. `models`: the folder with a folder for each downloaded model. */
export interface DownloadCalls {
  precisions: { params: HubSource; result: readonly HubPrecision[] };
  download: {
    params: HubSource & { readonly models: string; readonly file: string };
    result: DownloadedModel;
  };
  unfinished: { params: { readonly models: string }; result: readonly UnfinishedDownload[] };
  /** Removes what an unfinished download left. */
  cleanUp: {
    params: { readonly models: string; readonly id: string; readonly revision: string };
    result: null;
  };
}

export type DownloadMethod = keyof DownloadCalls;

/** `org/name`; also checked before anything is made of it: it names a folder and a part of an address. */
export function isHubModelId(id: string): boolean {
  return /^[\w-][\w.-]{0,95}\/[\w-][\w.-]{0,95}$/u.test(id) && !/\.\.|--|\.(git|ipynb)$|\.(\/|$)/u.test(id);
}

/** A branch, a tag or a commit, as git would take it. */
export function isHubRevision(revision: string): boolean {
  return (
    /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/u.test(revision) &&
    !/\.\.|\.(\/|$)/u.test(revision) &&
    revision.length <= 200
  );
}
