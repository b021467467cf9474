/** A mistake in fixtures, named by its place. */
export class FixtureError extends Error {
  /** Where the mistake is: `_User[2].email`. */
  readonly place: string;

  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
    this.name = 'FixtureError';
    this.place = place;
  }
}

/** A value as a sentence about it shows it, cut short. */
export const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};
