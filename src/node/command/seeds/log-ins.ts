import type { Emulator } from '../../../emulator.ts';
import { isObject } from '../../../parse/record.ts';
import type { Seed } from './seeds.ts';

/** Who can log in with which password. */
export type LogIn = { readonly username: string; readonly password: string };

const MOST = 10;

const usersIn = ({ fixtures }: Seed): readonly unknown[] => {
  const users: unknown = isObject(fixtures) ? fixtures['_User'] : undefined;
  return Array.isArray(users) ? users : [];
};

/** The users of seeds with the passwords that their files tell, as far as they are there: the first ten. */
export const logInsOf = (seeds: readonly Seed[], emulator: Emulator): readonly LogIn[] => {
  const present = new Set((emulator.snapshot()['_User'] ?? []).map((user) => user['username']));
  return seeds
    .flatMap(usersIn)
    .flatMap((user): LogIn[] => {
      const { username, password } = isObject(user) ? user : {};
      return typeof username === 'string' && typeof password === 'string' && present.has(username)
        ? [{ username, password }]
        : [];
    })
    .slice(0, MOST);
};
