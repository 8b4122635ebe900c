/** Something about a model folder that the user can mend. The message is one sentence that names the file and says what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}
