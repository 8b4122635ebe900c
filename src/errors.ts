/** One sentence for the user that names what is wrong and says what to do. Of any other error, only the log gets the text. */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** Something about a model folder that the user can fix; it names the file. */
export class ModelError extends UserError {
  override readonly name = 'ModelError';
}

/** A command line that is wrong in itself: exit code 2. */
export class UsageError extends UserError {
  override readonly name = 'UsageError';
}
