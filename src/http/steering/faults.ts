import type { SeededRandom } from '../../operations/seeded-random.ts';
import { type Check, flag, listOf, number, oneOf, refuse, shape, text } from '../../options/shape.ts';
import { didYouMean } from '../../parse/did-you-mean.ts';
import { ERROR_CODES, type ErrorCode } from '../../parse/error.ts';
import { OptionError, UserError } from '../../parse/user-error.ts';
import { copy, freeze } from '../../store/frozen.ts';
import { type ClientCall, nameOf } from './client-call.ts';

/** A misbehaviour on request: which calls it hits, how often, and what happens then. Several may come together. */
export type Fault = {
  /** A root field (`logIn`), the name of an operation (`LogInPage`) or a REST route (`POST /login`, `/classes/*`) or a frame of a live query (`/live/subscribe`, `/live/create`); not given: all. */
  readonly operation?: string;
  /** The username or object id of the user who asks, or whose name stands in the request. */
  readonly user?: string;
  /** From 0 to 1: how likely a call is hit. The chance is the same in every run. @default 1 */
  readonly probability?: number;
  /** How many calls are hit; not given: all, until it is cleared. */
  readonly times?: number;
  /** So many milliseconds pass before the answer, or a number of them in a range. */
  readonly latency?: number | readonly [number, number];
  /** An error of Parse, by its number or its name. */
  readonly error?: {
    /** `101`, or `'OBJECT_NOT_FOUND'`. */
    readonly code: ErrorCode;
    /** What the client reads; not given: the emulator's own words. */
    readonly message?: string;
  };
  /** The session of the request is answered as one that has expired, or that somebody has ended. */
  readonly session?: 'expired' | 'revoked';
  /** An HTTP status that something before Parse Server gives: 429, 503. */
  readonly status?: number;
  /** Seconds, for the header Retry-After beside `status`. */
  readonly retryAfter?: number;
  /** No answer at all: the connection breaks. */
  readonly network?: boolean;
  /** The answer breaks off in its middle. */
  readonly cut?: boolean;
};

/** The misbehaviour of an emulator. */
export interface Faults {
  /** Adds a fault, or several. Throws an Error that names the place for one that is not valid. */
  add(fault: Fault | readonly Fault[]): void;
  /** Those that are still in force; `times` says for how many calls. */
  list(): readonly Fault[];
  /** Ends all of them, and begins their chance anew. */
  clear(): void;
}

/** A call that a fault has hit. */
export type Strike = {
  /** When: ISO text in UTC, by the emulator's clock. */
  readonly at: string;
  /** The root fields of the call, or its route. */
  readonly operation: string;
};

/** A fault, and what it has struck. */
export type FaultRecord = {
  /** Counts the faults since the start. */
  readonly id: number;
  /** As it was added. */
  readonly fault: Fault;
  /** How many calls it has hit. */
  readonly hits: number;
  /** Whether it strikes no more: it was used up. */
  readonly isOver: boolean;
  /** The last calls that it has hit, the newest first. */
  readonly strikes: readonly Strike[];
};

/** The same, for the one who carries them out. */
export interface ActiveFaults extends Faults {
  /** All that were added, with what they have struck; those that are used up stay until `clear`. */
  records(): readonly FaultRecord[];
  /** Ends one by its id. Throws for an id that none has. */
  end(id: number): void;
  /** Whether there is none. */
  isEmpty(): boolean;
  /**
   * The faults that hit this call, each of which is counted once more. `isUser` tells whether the call is that user's. A call inside of
   * `batch` is hit by those that name its route and not the batch's.
   */
  hit(call: ClientCall, isUser: (name: string) => boolean, batch?: ClientCall): readonly Fault[];
  /** How long a call that was hit waits, in milliseconds. */
  wait(fault: Fault): number;
}

const milliseconds = number({ min: 0, max: 3_600_000 });
const count = number({ min: 1, whole: true });

const latency: Check = (value, place) => {
  if (!Array.isArray(value)) return milliseconds(value, place);
  listOf(milliseconds)(value, place);
  if (value.length !== 2 || value[0] > value[1]) refuse(`${place} must be [least, most]`);
};

const code: Check = (value, place) => {
  if (typeof value === 'number') return number({ whole: true })(value, place);
  if (typeof value === 'string' && Object.hasOwn(ERROR_CODES, value)) return;
  const hint = typeof value === 'string' ? didYouMean(value, Object.keys(ERROR_CODES)) : '';
  refuse(`${place} must be the number or the name of an error of Parse's, not ${JSON.stringify(value)}.${hint}`);
};

const checkFault = shape({
  operation: text,
  user: text,
  probability: number({ min: 0, max: 1 }),
  times: count,
  latency,
  error: shape({ code, message: text }, { needed: ['code'] }),
  session: oneOf(['expired', 'revoked']),
  status: number({ min: 200, max: 599, whole: true }),
  retryAfter: number({ min: 0 }),
  network: flag,
  cut: flag,
});

/** What a fault may do; one that does none of it is a mistake. */
const EFFECTS = ['latency', 'error', 'session', 'status', 'network', 'cut'] as const;

const check = (fault: unknown, place: string): void => {
  try {
    checkFault(fault, place);
    if (!EFFECTS.some((effect) => ![undefined, false].includes(Reflect.get(Object(fault), effect)))) {
      refuse(`${place} does nothing: it needs one of ${EFFECTS.join(', ')}`);
    }
  } catch (error) {
    throw error instanceof OptionError ? new OptionError(error.reason, 'add a fault') : error;
  }
};

const toPattern = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}/?$`, 'i');

const isRoute = (operation: string, { method, path }: ClientCall): boolean => {
  const [, named, pattern = ''] = /^(?:([A-Za-z]+)\s+)?(\/.*)$/.exec(operation) ?? [];
  return pattern !== '' && (!named || named.toUpperCase() === method) && toPattern(pattern).test(path);
};

const isOperation = (operation: string, call: ClientCall): boolean =>
  call.fields.includes(operation) || call.operationName === operation || isRoute(operation, call);

type Kept = { readonly id: number; readonly fault: Fault; left: number; hits: number; strikes: readonly Strike[] };

const MOST_STRIKES = 5;
/** So many that are used up are remembered. */
const MOST_OVER = 50;

const toRecord = ({ id, fault, left, hits, strikes }: Kept): FaultRecord => ({
  id,
  fault,
  hits,
  isOver: left <= 0,
  strikes,
});

const strike = (hits: readonly Kept[], call: ClientCall, at: number): void => {
  const one = { at: new Date(at).toISOString(), operation: nameOf(call) };
  for (const hit of hits) {
    hit.left -= 1;
    hit.hits += 1;
    hit.strikes = [one, ...hit.strikes].slice(0, MOST_STRIKES);
  }
};

/** Keeps faults, and decides which calls they hit. */
export const createFaults = (random: SeededRandom, now: () => number = Date.now): ActiveFaults => {
  let kept: Kept[] = [];
  let over: Kept[] = [];
  let count = 0;

  const applies = (
    { operation, user, session, probability }: Fault,
    call: ClientCall,
    isUser: (name: string) => boolean,
  ) =>
    (operation === undefined || isOperation(operation, call)) &&
    (session === undefined || call.sessionToken !== undefined) &&
    (user === undefined || isUser(user)) &&
    (probability === undefined || random.fraction() < probability);

  return {
    add(given) {
      const faults = Array.isArray(given) ? given : [given];
      for (const [i, fault] of faults.entries()) check(fault, Array.isArray(given) ? `[${i}]` : 'it');
      const own: readonly Fault[] = freeze(copy(faults));
      const added = own.map((fault): Kept => {
        count += 1;
        return { id: count, fault, left: fault.times ?? Infinity, hits: 0, strikes: [] };
      });
      kept = [...kept, ...added];
    },
    list: () => kept.map(({ fault, left }) => (left === Infinity ? fault : Object.freeze({ ...fault, times: left }))),
    records: () => [...over, ...kept].map(toRecord).sort((a, b) => a.id - b.id),
    end(id) {
      if (![...kept, ...over].some((one) => one.id === id)) {
        throw new UserError(`Failed to end a fault: there is none with the id ${id}`);
      }
      kept = kept.filter((one) => one.id !== id);
      over = over.filter((one) => one.id !== id);
    },
    clear() {
      kept = [];
      over = [];
      random.begin('');
    },
    isEmpty: () => kept.length === 0,
    hit(call, isUser, batch) {
      const isMeant = ({ operation }: Fault): boolean =>
        !batch || (operation !== undefined && !isOperation(operation, batch));
      const hits = kept.filter(({ fault }) => isMeant(fault) && applies(fault, call, isUser));
      if (hits.length > 0) strike(hits, call, now());
      over = [...over, ...kept.filter(({ left }) => left <= 0)].slice(-MOST_OVER);
      kept = kept.filter(({ left }) => left > 0);
      return hits.map(({ fault }) => fault);
    },
    wait({ latency: given = 0 }) {
      if (typeof given === 'number') return given;
      const [least, most] = given;
      return least + random.fraction() * (most - least);
    },
  };
};
