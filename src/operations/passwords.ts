import { compareSync, encodeBase64, hashSync } from 'bcryptjs';
import type { PasswordHasher } from '../options/adapters.ts';
import type { Random } from './context.ts';

/**
 * bcryptjs on the calling thread: works everywhere, and blocks for about 70 ms a hash at cost 10. In one go: bcryptjs's own
 * way of taking breaks waits for ever where a test has put fake timers in place before this file was read, and lets requests
 * that come at once overtake one another.
 */
export const bcryptPasswords: PasswordHasher = {
  hash: async (password, rounds) => hashSync(password, rounds),
  compare: async (password, passwordHash) => compareSync(password, passwordHash),
};

/** bcryptjs with salts from `random`, so that the same password comes to the same hash in every run. */
export const seededPasswords = (random: Random): PasswordHasher => ({
  ...bcryptPasswords,
  hash: async (password, rounds) => {
    const bytes = Array.from(random.text(16), (letter) => letter.charCodeAt(0));
    return hashSync(password, `$2b$${String(rounds).padStart(2, '0')}$${encodeBase64(bytes, 16)}`);
  },
});
