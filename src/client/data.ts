import type { ObjectList, RestCall, RestOutcome } from '../http/control/objects.ts';
import type { StateChanges } from '../http/control/state.ts';
import type { PastWrite } from '../http/steering/history.ts';
import type { NamedSnapshot } from '../http/steering/snapshots.ts';
import type { ParseRecord } from '../parse/record.ts';
import { send, type Way } from './send.ts';

/** Which objects are wanted, and which part of the list. */
export type ListRequest = {
  /** The class. @default '_User' */
  readonly className?: string | undefined;
  /** Text that one of the fields has in it, in whatever letter case. */
  readonly search?: string | undefined;
  /** Users of one kind: `verified`, `unverified`, `locked`, `linked`, `mfa`, `anonymous`. */
  readonly filter?: string | undefined;
  /** A field, with `-` before it the other way round. Not given: as they were made. */
  readonly order?: string | undefined;
  /** How many to leave out at the beginning. @default 0 */
  readonly skip?: number | undefined;
  /** How many at most, up to 1000. @default 100 */
  readonly limit?: number | undefined;
};

/** Any object, without keys and without a query language. */
export interface Data {
  /** Objects of any class, and how many there are in all. */
  objects(wish?: ListRequest): Promise<ObjectList>;
  /** An object as it is kept, hashes and tokens among its fields. Rejects when there is none. */
  record(className: string, objectId: string): Promise<ParseRecord>;
  /** Asks the REST API without keys: as the master key does, or (`as`) as a user, or as nobody. What Parse refuses is an answer, too. */
  rest(call: RestCall): Promise<RestOutcome>;
  /** The last writes, each of which can be taken back. */
  readonly history: {
    /** The writes that can be taken back, the newest first. */
    list(): Promise<readonly PastWrite[]>;
    /** Takes the newest back, and returns it. Rejects when there is none, or when something else has changed its objects since. */
    undo(): Promise<PastWrite>;
  };
  /** States with names. They live as long as the emulator, and outlive a reset. */
  readonly snapshots: {
    /** Those that are kept, the oldest first. */
    list(): Promise<readonly NamedSnapshot[]>;
    /** Keeps the present state under a name, in place of one that has it already. */
    keep(name: string): Promise<NamedSnapshot>;
    /** Puts the state of a name in place of the present one. Rejects for a name that none has. */
    restore(name: string): Promise<void>;
    /** Forgets the state of a name. Rejects for a name that none has. */
    forget(name: string): Promise<void>;
  };
  /** What has changed since the snapshot of a name; without one, since the seed. */
  differences(since?: string): Promise<StateChanges>;
}

const textOf = (count: number | undefined): string | undefined => (count === undefined ? undefined : String(count));

/** What a connection has of this. */
export const dataOf = (way: Way): Data => ({
  objects: ({ skip, limit, ...wish } = {}) =>
    send(way, 'GET', '/objects', { query: { ...wish, skip: textOf(skip), limit: textOf(limit) } }),
  record: (className, objectId) => send(way, 'GET', '/record', { query: { className, objectId } }),
  rest: (call) => send(way, 'POST', '/rest', { body: call }),
  history: { list: () => send(way, 'GET', '/history'), undo: () => send(way, 'POST', '/history/undo') },
  snapshots: {
    list: () => send(way, 'GET', '/snapshots'),
    keep: (name) => send(way, 'POST', '/snapshots', { body: { name } }),
    async restore(name) {
      await send(way, 'POST', '/snapshots/restore', { body: { name } });
    },
    async forget(name) {
      await send(way, 'DELETE', '/snapshots', { query: { name } });
    },
  },
  differences: (since) => send(way, 'GET', '/differences', { query: { since } }),
});
