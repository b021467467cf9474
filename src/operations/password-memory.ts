import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { PasswordHasher } from '../options/adapters.ts';

/** Which passwords were right, and which hashes were made of them: bcrypt is slow on purpose, and asked again and again. */
export interface PasswordMemory {
  /** The same hasher, which is asked only for what is not known yet. */
  around(hasher: PasswordHasher): PasswordHasher;
  /** Forgets everything. */
  clear(): void;
}

/** What is kept for each of two kinds; the oldest leave first. */
const MOST_KEPT = 1000;

const keep = (map: Map<string, string>, key: string, value: string): void => {
  map.delete(key);
  map.set(key, value);
  if (map.size > MOST_KEPT) map.delete(map.keys().next().value ?? '');
};

/**
 * Makes a memory, in which no password stands: a password is known by its HMAC with a key that was drawn for this memory, and that
 * never leaves it. With `reusesHashes` users with the same password may get the same hash.
 */
export const createPasswordMemory = ({ reusesHashes }: { readonly reusesHashes: boolean }): PasswordMemory => {
  let key: Uint8Array | undefined; // drawn when it is needed: some platforms draw nothing while modules load
  const toName = (password: string): string => {
    key ??= crypto.getRandomValues(new Uint8Array(32));
    return bytesToHex(hmac(sha256, key, utf8ToBytes(password)));
  };
  const right = new Map<string, string>();
  const made = new Map<string, string>();
  return {
    around: (hasher) => ({
      async hash(password, rounds) {
        const name = toName(password);
        const known = reusesHashes ? made.get(`${rounds} ${name}`) : undefined;
        const passwordHash = known ?? (await hasher.hash(password, rounds));
        if (reusesHashes) keep(made, `${rounds} ${name}`, passwordHash);
        keep(right, passwordHash, name);
        return passwordHash;
      },
      async compare(password, passwordHash) {
        const name = toName(password);
        const isRight = right.get(passwordHash) === name || (await hasher.compare(password, passwordHash));
        if (isRight) keep(right, passwordHash, name);
        return isRight;
      },
    }),
    clear() {
      right.clear();
      made.clear();
    },
  };
};
