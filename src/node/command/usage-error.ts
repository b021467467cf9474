import { UserError } from '../../parse/user-error.ts';

/** A command line that cannot be understood; the process ends with 2. */
export class UsageError extends UserError {
  override name = 'UsageError';
}
