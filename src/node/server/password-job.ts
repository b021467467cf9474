/** What a worker is asked to do. */
export type PasswordJob =
  | { readonly kind: 'hash'; readonly password: string; readonly rounds: number }
  | { readonly kind: 'compare'; readonly password: string; readonly passwordHash: string };

/** What came of it: a hash, whether the password is right, or why it went wrong. */
export type PasswordOutcome = { readonly value: string | boolean } | { readonly failure: string };
