/** Something about a model folder that the user can mend. The message is one sentence that names the file and says what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

/** The system's short name of what went wrong, as ENOENT. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
