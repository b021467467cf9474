import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
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

/**
 * bcryptjs with a salt that follows from `seed` and the password, so that the same password comes to the same hash in every run,
 * whatever was drawn before.
 */
export const seededPasswords = (seed: string): PasswordHasher => ({
  ...bcryptPasswords,
  hash: async (password, rounds) => {
    const bytes = hmac(sha256, utf8ToBytes(seed), utf8ToBytes(password));
    return hashSync(password, `$2b$${String(rounds).padStart(2, '0')}$${encodeBase64(bytes, 16)}`);
  },
});

/** The same hasher, which draws for each hash what a salt took once: the ids and tokens of a fixed run stay what they were. */
export const drawingPasswords = (random: Random, hasher: PasswordHasher): PasswordHasher => ({
  ...hasher,
  hash: (password, rounds) => {
    random.text(16);
    return hasher.hash(password, rounds);
  },
});
