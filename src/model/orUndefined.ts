import { ModelError } from '../errors';

/** What `read` returns; undefined if it throws a ModelError, for what a model need not have. */
export function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}
