import type { UserError } from '../../errors';

/** The error that a pure edit throws, shown while the user types. */
export function objection(edit: () => unknown): string | undefined {
  try {
    edit();
    return undefined;
  } catch (error) {
    return (error as UserError).message;
  }
}
