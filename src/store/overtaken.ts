/**
 * Somebody else has written to where the state is kept, and what was to be kept contradicts that. It was taken back; asked again,
 * once `isKnown` resolves, the same request has its answer from the state as it is then.
 */
export class OvertakenError extends Error {
  /** Resolves when what the other one wrote is part of the state. */
  readonly isKnown: Promise<void>;

  constructor(message: string, isKnown: Promise<void>) {
    super(message);
    this.name = 'OvertakenError';
    this.isKnown = isKnown;
  }
}
