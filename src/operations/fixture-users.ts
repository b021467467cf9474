import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import { foldCase } from '../store/indexes.ts';
import type { Reader } from '../store/store.ts';
import type { Context } from './context.ts';
import { FixtureError, show } from './fixture-mistake.ts';
import { type FixtureRow, placeOf } from './fixture-rows.ts';

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

const ownRights = (objectId: string, context: Context): JsonObject => ({
  ...(!context.options.enforcePrivateUsers && { '*': { read: true } }),
  [objectId]: { read: true, write: true },
});

const isComplete = ({ row, isStored }: FixtureRow): boolean => {
  const stored = row['_hashed_password'];
  const isHashed = stored === undefined || (typeof stored === 'string' && isPasswordHash(stored));
  return isHashed && row['password'] === undefined && row['bcryptPassword'] === undefined && isStored;
};

const completeUser = async (given: FixtureRow, context: Context): Promise<JsonObject> => {
  const { row } = given;
  const { password, bcryptPassword, _hashed_password: _, ...rest } = row;
  const passwordHash = await hashOf(row, placeOf(given), context);
  const acl = rest['ACL'] ?? (given.isStored ? undefined : ownRights(String(row['objectId']), context));
  return {
    ...rest,
    ...(passwordHash !== undefined && { _hashed_password: passwordHash }),
    ...(acl !== undefined && { ACL: acl }),
  };
};

/** Users with their passwords as hashes, and (unless they come from a store) with rights to themselves. */
export const completeUsers = async (users: readonly FixtureRow[], context: Context): Promise<JsonObject[]> => {
  // most are complete, and a promise for each of very many would take its time
  const completed = new Map<FixtureRow, JsonObject>();
  const rest = users.filter((user) => !isComplete(user));
  await Promise.all(rest.map(async (user) => completed.set(user, await completeUser(user, context))));
  return users.map((user) => completed.get(user) ?? user.row);
};

type Unique = 'username' | 'email';

const checkUnique = (
  user: FixtureRow,
  field: Unique,
  seen: Map<string, FixtureRow>,
  isNew: (objectId: string) => boolean,
  present: Reader | undefined,
): void => {
  const value = user.row[field];
  if (value === undefined || value === '') return;
  const place = (): string => `${placeOf(user)}.${field}`;
  if (typeof value !== 'string') throw new FixtureError(place(), `${show(value)} is no text`);
  if (field === 'email' && !/^.+@.+$/.test(value)) {
    throw new FixtureError(place(), `${show(value)} is not a valid email address`);
  }
  const key = foldCase(value);
  if (present?.lookUp('_User', field, key).some(({ objectId }) => isNew(objectId))) {
    throw new FixtureError(place(), `${show(value)} is the ${field} of a user that is there already`);
  }
  const other = seen.get(key);
  if (other) throw new FixtureError(place(), `${show(value)} is the ${field} of ${placeOf(other)} too`);
  seen.set(key, user);
};

/** Checks names and addresses for their form, and that no two users share one in any letter case. */
export const checkUsers = (users: readonly FixtureRow[], present: Reader): void => {
  const ids = new Set(users.map(({ row }) => row['objectId']));
  const isNew = (objectId: string): boolean => !ids.has(objectId);
  const seen = { username: new Map<string, FixtureRow>(), email: new Map<string, FixtureRow>() };
  const [somebody] = present.all('_User');
  for (const user of users) {
    if (user.row['username'] === undefined && !isObject(user.row['authData']) && !user.isStored) {
      throw new FixtureError(`${placeOf(user)}.username`, 'a user needs a username');
    }
    for (const field of ['username', 'email'] as const)
      checkUnique(user, field, seen[field], isNew, somebody && present);
  }
};
