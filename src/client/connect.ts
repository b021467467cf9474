import type { StoragePlace, StorageState } from '../emulator/clients.ts';
import type { User, UserFields } from '../emulator/users.ts';
import type { ConstantIntercept } from '../http/control/intercepts.ts';
import type { EmulatorEvent } from '../http/steering/events.ts';
import type { Fault, FaultRecord } from '../http/steering/faults.ts';
import type { LoggedRequest } from '../http/steering/logged-request.ts';
import type { Duration, Moment } from '../operations/clock.ts';
import type { MailFilter } from '../operations/outbox.ts';
import type { Fixtures, OutboxMail } from '../options/adapters.ts';
import { UserError } from '../parse/user-error.ts';
import type { Snapshot } from '../store/persistence.ts';
import { type Data, dataOf } from './data.ts';
import { type Insight, insightOf } from './insight.ts';
import { send, type Way } from './send.ts';
import { type WatchEvents, watchEvents } from './watch.ts';

/** How to reach an emulator. */
export type ConnectOptions = {
  /** The application, where the emulator has several (`apps`). Not given: the emulator's own. */
  readonly appId?: string | undefined;
  /** The master key, which an emulator on another machine asks for. */
  readonly masterKey?: string | undefined;
  /** Sends the requests; `emulator.fetch` for an emulator of the same program or page. @default the platform's fetch */
  readonly fetch?: ((input: string, init?: RequestInit) => Promise<Response>) | undefined;
};

/** What an emulator says of itself. */
export type About = {
  /** The application id. */
  readonly appId: string;
  /** The name of the application, as mails show it. */
  readonly appName: string;
  /** Where REST is: `http://127.0.0.1:1337/parse`. */
  readonly serverURL: string;
  /** Where GraphQL is: `http://127.0.0.1:1337/graphql`. */
  readonly graphQLURL: string;
  /** Further application ids, `'any'` for all. */
  readonly apps: 'any' | readonly string[];
};

/** What the clock of an emulator shows. */
export type ClockFace = {
  /** The time: ISO text in UTC. */
  readonly now: string;
  /** Whether it stands still. */
  readonly isStopped: boolean;
};

/** An emulator elsewhere: what `Emulator` has, with an answer that is waited for. All reject with the emulator's own message. */
export interface Connection extends Data, Insight {
  /** Where the emulator is: `http://127.0.0.1:1337`. */
  readonly url: string;
  /** Users without detours. */
  readonly users: {
    /** Makes a user, with the password `secret` if none is given. Rejects with Parse's error when a rule forbids it. */
    create(fields: UserFields): Promise<User>;
    /** The user of this name, letter case and all; undefined when there is none. */
    find(username: string): Promise<User | undefined>;
    /** Opens a session without a password, and returns its token. Rejects for an unknown name. */
    logIn(username: string): Promise<string>;
    /** Verifies the address of a user, as the link in the mail does. Rejects for an unknown name. */
    verifyEmail(username: string): Promise<void>;
    /** Locks an account as wrong passwords would, or opens it. Rejects for an unknown name, and where the option `accountLockout` is not set. */
    lock(username: string, isLocked: boolean): Promise<void>;
  };
  /** The headers of a client: application id, one client key if any is set and, with a `username`, the token of a session that it opens. */
  headersFor(username?: string): Promise<{ [name: string]: string }>;
  /** The storage of a browser in which a user is logged in, as Playwright's `newContext({ storageState })` takes it. */
  storageStateFor(username: string, place: StoragePlace): Promise<StorageState>;
  /** The mail that would have been sent. */
  readonly outbox: {
    /** All of it, the oldest first, or those that fit. */
    list(wish?: Pick<MailFilter, 'to' | 'kind'>): Promise<readonly OutboxMail[]>;
    /** The newest mail that fits, as soon as there is one. Rejects when there is none in time. */
    waitFor(wish?: MailFilter): Promise<OutboxMail>;
    /** Forgets all mail. */
    clear(): Promise<void>;
  };
  /** The emulator's time: sessions and links expire by it. */
  readonly clock: {
    /** The time, in milliseconds since 1970. */
    now(): Promise<number>;
    /** The time, and whether it stands still. */
    read(): Promise<ClockFace>;
    /** Moves it on: `{ hours: 2 }`. */
    advance(by: Duration): Promise<ClockFace>;
    /** Puts it to a moment, before or behind the present one. */
    set(moment: Moment): Promise<ClockFace>;
    /** Lets it stand still, until `go` or a reset. */
    stop(): Promise<ClockFace>;
    /** Lets it go on from where it stands. */
    go(): Promise<ClockFace>;
  };
  /** Misbehaviour on request. `reset` ends it. */
  readonly faults: {
    /** Adds a fault, or several, and returns all that strike. */
    add(fault: Fault | readonly Fault[]): Promise<readonly Fault[]>;
    /** Those that still strike. */
    list(): Promise<readonly Fault[]>;
    /** All that were added, with what they have struck; those that are used up stay until `clear`. */
    records(): Promise<readonly FaultRecord[]>;
    /** Ends one by its id. Rejects for an id that none has. */
    end(id: number): Promise<void>;
    /** Ends all of them. */
    clear(): Promise<void>;
  };
  /** Answers a root field with a constant, in the emulator's place, until `reset` or for one call (`once`). Returns how to end it. */
  intercept(field: string, outcome: Omit<ConstantIntercept, 'field'>): Promise<() => Promise<void>>;
  /** The last hundred requests with their answers, the oldest first, without passwords, tokens and keys. */
  requests(): Promise<readonly LoggedRequest[]>;
  /** Adds fixtures to the state, with `ifEmpty` only to one without objects; `reset` comes back to here. */
  seed(
    fixtures: Fixtures,
    settings?: {
      /** Whether a state that has objects is left as it is. @default false */
      readonly ifEmpty?: boolean;
    },
  ): Promise<void>;
  /** Back to the seed: objects, outbox, requests, faults, intercepts and time. */
  reset(): Promise<void>;
  /** The whole state, as plain JSON. */
  snapshot(): Promise<Snapshot>;
  /** Puts a snapshot in place of the state. */
  restore(snapshot: Snapshot): Promise<void>;
  /**
   * Calls `watcher` with what happens: requests, mail, changes, the clock. Resolves with how to stop, once nothing is missed any more. A
   * connection that breaks (`lost`) is tried again (`ready`).
   */
  watch(
    watcher: WatchEvents,
    settings?: {
      /** The kinds of events to hear of. Not given: all. */
      readonly kinds?: readonly EmulatorEvent['kind'][];
    },
  ): Promise<() => void>;
  /** What the emulator says of itself. Rejects when there is none at the address. */
  about(): Promise<About>;
  /** The same for another application of the emulator. */
  app(appId: string): Connection;
}

const usersOf = (way: Way): Connection['users'] => ({
  create: (fields) => send(way, 'POST', '/users', { body: fields }),
  async find(username) {
    const [user] = await send<User[]>(way, 'GET', '/users', { query: { username } });
    return user;
  },
  async logIn(username) {
    const { sessionToken } = await send<{ sessionToken: string }>(way, 'POST', '/sessions', { body: { username } });
    return sessionToken;
  },
  async verifyEmail(username) {
    await send(way, 'POST', '/users/verify', { body: { username } });
  },
  async lock(username, isLocked) {
    await send(way, 'POST', '/users/lock', { body: { username, isLocked } });
  },
});

const outboxOf = (way: Way): Connection['outbox'] => ({
  list: ({ to, kind } = {}) => send(way, 'GET', '/outbox', { query: { to, kind } }),
  async waitFor({ to, kind, timeout = 1000 } = {}) {
    const mails = await send<OutboxMail[]>(way, 'GET', '/outbox', { query: { to, kind, wait: String(timeout) } });
    const newest = mails.at(-1);
    if (!newest) throw new UserError('Failed to find a mail: somebody has emptied the outbox');
    return newest;
  },
  async clear() {
    await send(way, 'DELETE', '/outbox');
  },
});

const clockOf = (way: Way): Connection['clock'] => {
  const read = (): Promise<ClockFace> => send(way, 'GET', '/clock');
  const move = (body: object): Promise<ClockFace> => send(way, 'POST', '/clock', { body });
  return {
    read,
    now: async () => Date.parse((await read()).now),
    advance: (by) => move(by),
    set: async (moment) => move({ to: moment instanceof Date ? moment.getTime() : moment }),
    stop: () => move({ stop: true }),
    go: () => move({ stop: false }),
  };
};

const faultsOf = (way: Way): Connection['faults'] => ({
  add: (fault) => send(way, 'POST', '/faults', { body: fault }),
  list: () => send(way, 'GET', '/faults'),
  records: () => send(way, 'GET', '/faults/records'),
  async end(id) {
    await send(way, 'DELETE', '/faults', { query: { id: String(id) } });
  },
  async clear() {
    await send(way, 'DELETE', '/faults');
  },
});

const stateOf = (way: Way): Pick<Connection, 'seed' | 'reset' | 'snapshot' | 'restore'> => ({
  async seed(fixtures, { ifEmpty = false } = {}) {
    await send(way, 'POST', '/seed', { body: fixtures, query: { ifEmpty: ifEmpty ? 'true' : undefined } });
  },
  async reset() {
    await send(way, 'POST', '/reset');
  },
  snapshot: () => send(way, 'GET', '/state'),
  async restore(snapshot) {
    await send(way, 'PUT', '/state', { body: snapshot });
  },
});

const connectBy = (way: Way): Connection => ({
  url: way.url,
  users: usersOf(way),
  headersFor: (username) => send(way, 'POST', '/headers', { body: { username } }),
  storageStateFor: (username, place) => send(way, 'POST', '/storage-state', { body: { username, ...place } }),
  outbox: outboxOf(way),
  clock: clockOf(way),
  faults: faultsOf(way),
  async intercept(field, outcome) {
    const { id } = await send<{ id: number }>(way, 'POST', '/intercepts', { body: { ...outcome, field } });
    return async () => void (await send(way, 'DELETE', '/intercepts', { query: { id: String(id) } }));
  },
  requests: () => send(way, 'GET', '/requests'),
  ...stateOf(way),
  ...dataOf(way),
  ...insightOf(way),
  watch: (watcher, { kinds } = {}) => watchEvents(way, watcher, kinds),
  about: () => send(way, 'GET', ''),
  app: (appId) => connectBy({ ...way, appId }),
});

const withoutSlashes = (text: string): string => (text.endsWith('/') ? withoutSlashes(text.slice(0, -1)) : text);

const toUrl = (given: string | URL): string => {
  const text = String(given);
  if (!URL.canParse(text) || !/^https?:/i.test(text)) {
    throw new UserError(
      `Failed to connect: ${JSON.stringify(text)} is not an address. Say where the emulator is, such as http://localhost:1337`,
    );
  }
  return withoutSlashes(text);
};

/**
 * Connects to an emulator by its control routes. Nothing is sent before the first call.
 * @param url where the emulator is: `http://localhost:1337`
 * @example
 * const emulator = connect('http://localhost:1337');
 * await emulator.users.create({ username: 'johndoe' });
 * const { link } = await emulator.outbox.waitFor({ kind: 'resetPassword' });
 * @throws Error for a `url` that is not an address
 */
export const connect = (url: string | URL, { appId, masterKey, fetch: given }: ConnectOptions = {}): Connection =>
  connectBy({
    url: toUrl(url),
    appId,
    masterKey,
    fetch: given ?? ((input, init) => fetch(input, init)), // looked up at each call: a test may put another in its place
  });
