import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import { foldCase } from '../store/indexes.ts';
import type { Reader } from '../store/store.ts';
import type { Context } from './context.ts';
import { FixtureError, show } from './fixture-mistake.ts';

const HASH = /^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$/;

/** Whether text is a bcrypt hash, and not a password to be hashed. */
const isPasswordHash = (text: string): boolean => HASH.test(text);

const hashOf = async (user: JsonObject, place: string, context: Context): Promise<Json | undefined> => {
  const { password, bcryptPassword, _hashed_password: stored } = user;
  const given = stored ?? bcryptPassword ?? password;
  if (given === undefined || given === null) return undefined;
  const key = stored != null ? '_hashed_password' : bcryptPassword != null ? 'bcryptPassword' : 'password';
  if (typeof given !== 'string') throw new FixtureError(`${place}.${key}`, 'a password must be text');
  if (isPasswordHash(given)) return given;
  if (key !== 'password') throw new FixtureError(`${place}.${key}`, 'this is no bcrypt hash');
  return context.passwords.hash(given, context.options.bcryptRounds);
};

/** A user of a fixture with its password as a hash, and with rights to itself. */
export const completeUser = async (user: JsonObject, place: string, context: Context): Promise<JsonObject> => {
  const { password: _, bcryptPassword: __, _hashed_password: ___, ...rest } = user;
  const passwordHash = await hashOf(user, place, context);
  const { enforcePrivateUsers } = context.options;
  const ownRights = {
    ...(!enforcePrivateUsers && { '*': { read: true } }),
    [String(user['objectId'])]: { read: true, write: true },
  };
  return {
    ...rest,
    ...(passwordHash !== undefined && { _hashed_password: passwordHash }),
    ACL: rest['ACL'] ?? ownRights,
  };
};

/** Checks names and addresses for their form, and that no two users share one in any letter case. */
export const checkUsers = (users: readonly JsonObject[], places: readonly string[], present: Reader): void => {
  const seen = { username: new Map<string, string>(), email: new Map<string, string>() };
  const ids = new Set(users.map((user) => user['objectId']));
  users.forEach((user, i) => {
    const place = places[i] ?? '_User';
    if (user['username'] === undefined && !isObject(user['authData']))
      throw new FixtureError(`${place}.username`, 'a user needs a username');
    for (const field of ['username', 'email'] as const) {
      const value = user[field];
      if (value === undefined || value === null || value === '') continue;
      if (typeof value !== 'string') throw new FixtureError(`${place}.${field}`, `${show(value)} is no text`);
      if (field === 'email' && !/^.+@.+$/.test(value))
        throw new FixtureError(`${place}.email`, `${show(value)} is not a valid email address`);
      const [taken] = present.lookUp('_User', field, foldCase(value)).filter(({ objectId }) => !ids.has(objectId));
      if (taken)
        throw new FixtureError(`${place}.${field}`, `${show(value)} is the ${field} of a user that is there already`);
      const other = seen[field].get(foldCase(value));
      if (other !== undefined)
        throw new FixtureError(`${place}.${field}`, `${show(value)} is the ${field} of ${other} too`);
      seen[field].set(foldCase(value), place);
    }
  });
};
