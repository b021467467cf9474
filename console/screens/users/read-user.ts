import type { Connection, JsonObject, ParseRecord } from '../../../src/client/index.ts';
import { lockedUntil, providersOf } from '../../../src/operations/users/standing.ts';
import { askRest, restPathOf } from '../../lib/rest.ts';

/** A user, and how it stands. */
export type UserState = {
  /** As the master key sees it. */
  readonly user: JsonObject;
  /** As it is kept. */
  readonly record: ParseRecord;
  /** In milliseconds since 1970. */
  readonly lockedUntil: number | undefined;
  readonly providers: readonly string[];
};

/** Reads a user. Rejects when there is none. */
export const readUser = async (connection: Connection, objectId: string): Promise<UserState> => {
  const [user, record, now] = await Promise.all([
    askRest(connection, { method: 'GET', path: restPathOf('_User', objectId) }),
    connection.record('_User', objectId),
    connection.clock.now(),
  ]);
  return { user, record, lockedUntil: lockedUntil(record, now), providers: providersOf(record) };
};
