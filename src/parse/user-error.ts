/**
 * What a person can put right: a wrong option, a damaged file, an address that is taken. Its message says all that they need;
 * any other error is a bug, and is shown with its stack.
 */
export class UserError extends Error {
  override name = 'UserError';
}

/** A wrong option, or one that does not go with the others. */
export class OptionError extends UserError {
  override name = 'OptionError';
  /** What is wrong, without what failed for it: `appId must be text, not 5`. */
  readonly reason: string;

  constructor(reason: string, failed = 'start') {
    super(`Failed to ${failed}: ${reason}`);
    this.reason = reason;
  }
}
