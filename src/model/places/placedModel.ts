import type { ModelSource } from '../../protocol/foundModel';

/** A model in its place, before anything of it is read. */
export interface PlacedModel {
  readonly source: ModelSource;
  readonly reference: string;
  readonly name: string;
  /** A model folder or a file of weights. */
  readonly path: string;
  /** The folder that links must not lead out of; `null` if the user's own tools keep links there. */
  readonly within: string | null;
  /** If the place records it. */
  readonly precision?: string;
  /** A file whose time is that of the model, if it is not the file of weights. */
  readonly datedBy?: string;
}
