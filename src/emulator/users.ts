import type { Context } from '../operations/context.ts';
import { createObject } from '../operations/objects/objects.ts';
import { readObject } from '../operations/queries/queries.ts';
import { openSession, tokenOf } from '../operations/sessions/store.ts';
import { markVerified } from '../operations/users/email-verification.ts';
import { findUserBy } from '../operations/users/find-user.ts';
import type { Json, JsonObject, ParseRecord } from '../parse/record.ts';
import { UserError } from '../parse/user-error.ts';
import { copy } from '../store/frozen.ts';

/** The fields of a user, as REST has them. */
export type UserFields = {
  /** The name, which nobody else may have in whatever letter case. */
  readonly username: string;
  readonly [field: string]: Json;
};

/** A user as the master key sees it. */
export type User = JsonObject & {
  /** The id, ten letters and digits. */
  readonly objectId: string;
  /** The name, as it was written at sign-up. */
  readonly username: string;
};

/** Short ways for tests, which no client has. */
export interface Users {
  /** Makes a user, with the password `secret` if none is given. Rejects with Parse's error when a rule forbids it. */
  create(fields: UserFields): Promise<User>;
  /** The user of this name, letter case and all; undefined when there is none. */
  find(username: string): Promise<User | undefined>;
  /** Opens a session without a password and returns its token. Rejects for an unknown name. */
  logIn(username: string): Promise<string>;
  /** Verifies the address of a user, as the link in the mail does. Rejects for an unknown name. */
  verifyEmail(username: string): Promise<void>;
}

const requireUser = (username: string, { store }: Context): ParseRecord => {
  const user = findUserBy('username', username, { store });
  if (!user) throw new UserError(`Failed to find a user: nobody is called "${username}". Make one with users.create`);
  return user;
};

/** The users of an emulator. Each call waits until the state was read, and until what it wrote is safe. */
export const createUsers = (context: Context, whenReady: () => Promise<void>): Users => {
  const { store } = context;
  const whenSafe = async <Result>(work: (own: Context) => Result): Promise<Awaited<Result>> => {
    await whenReady();
    const own = { ...context, store: store.forOne(), auth: { isMaster: true, isCloud: true } };
    const result = await work(own);
    await own.store.settled();
    return result;
  };
  const show = (objectId: string, own: Context): User => readObject('_User', objectId, own) as User;

  return {
    create: (fields) =>
      whenSafe(async (own) => {
        const { objectId } = await createObject('_User', { password: 'secret', ...copy(fields) }, own);
        return show(objectId, own);
      }),
    find: (username) =>
      whenSafe((own) => {
        const user = findUserBy('username', username, own);
        return user && show(user.objectId, own);
      }),
    logIn: (username) =>
      whenSafe((own) => {
        const { objectId: userId } = requireUser(username, own);
        const createdWith = { action: 'login', authProvider: 'password' } as const;
        return tokenOf(own.store.transact((transaction) => openSession({ userId, createdWith }, transaction, own)));
      }),
    verifyEmail: (username) => whenSafe((own) => markVerified(requireUser(username, own), own)),
  };
};
