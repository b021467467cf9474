import type { Auth, Context } from '../../operations/context.ts';
import { createList, type ListWish } from '../../operations/queries/listing.ts';
import { setLock } from '../../operations/users/account-lockout.ts';
import { findUserBy } from '../../operations/users/find-user.ts';
import { standingOf, USER_FILTERS, type UserStanding } from '../../operations/users/standing.ts';
import { anyOf, flag, mapOf, matching, oneOf, text } from '../../options/shape.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { UserError } from '../../parse/user-error.ts';
import { createRequestScope, type Parts, toContext } from '../parts.ts';
import { checkBody, checkQuery, type Runs } from './run.ts';

/** A part of a list of objects. */
export type ObjectList = {
  /** The objects, as the master key sees them, without the tokens of sessions. */
  readonly results: readonly JsonObject[];
  /** How many there are in all. */
  readonly count: number;
  /** How each of them stands, by its place; users alone have it. */
  readonly standings?: readonly UserStanding[];
};

/** A call of the REST API that is made without keys. */
export type RestCall = {
  /** `GET`, `POST`, `PUT` or `DELETE`. */
  readonly method: string;
  /** What follows `/parse`: `/classes/Todo`. */
  readonly path: string;
  /** The parameters of the address, as text: `{ where: '{"done":true}', limit: '10' }`. */
  readonly query?: { readonly [name: string]: string };
  /** The fields. */
  readonly body?: JsonObject;
  /** The name of the user who asks; null: nobody who is logged in. Absent: the master key does. */
  readonly as?: string | null;
};

/** What REST answered. */
export type RestOutcome = {
  /** The HTTP status. */
  readonly status: number;
  /** The JSON of the answer. */
  readonly body: Json;
};

type LockWish = { readonly username: string; readonly isLocked: boolean };

const LONGEST_PART = 1000;

const wholeNumber = matching('a whole number', (value) => typeof value === 'string' && /^\d{1,9}$/.test(value));
const anyText = matching('text', (value) => typeof value === 'string');

const checkWish = checkQuery('list objects', {
  className: text,
  search: anyText,
  filter: oneOf(Object.keys(USER_FILTERS)),
  order: anyText,
  skip: wholeNumber,
  limit: wholeNumber,
});
const checkWanted = checkQuery('read a record', { className: text, objectId: text });
const checkLock = checkBody(
  'lock the account',
  { username: text, isLocked: flag },
  { needed: ['username', 'isLocked'] },
);
const checkCall = checkBody(
  'ask REST',
  {
    method: oneOf(['GET', 'POST', 'PUT', 'DELETE']),
    path: matching('a path such as /classes/Todo', (value) => typeof value === 'string' && value.startsWith('/')),
    query: mapOf(anyText),
    body: matching('an object', isObject),
    as: anyOf(
      text,
      matching('null', (value) => value === null),
    ),
  },
  { needed: ['method', 'path'] },
);

const toWish = (query: URLSearchParams): ListWish => {
  const name = query.get('filter');
  const keeps = name === null ? undefined : USER_FILTERS[name];
  return {
    className: query.get('className') ?? '_User',
    search: query.get('search') ?? '',
    filter: name !== null && keeps ? { name, keeps } : undefined,
    order: query.get('order') ?? '',
    skip: Number(query.get('skip') ?? 0),
    limit: Math.min(Number(query.get('limit') ?? 100), LONGEST_PART),
  };
};

const withoutToken = ({ sessionToken: _, ...fields }: JsonObject): JsonObject => fields;

const standingsOf = (results: readonly JsonObject[], { store, clock }: Context): UserStanding[] =>
  results.flatMap((user) => {
    const record = store.get('_User', String(user['objectId']));
    return record ? [standingOf(record, clock.now(), store)] : [];
  });

const requireUser = (username: string, deed: string, parts: Parts): ParseRecord => {
  const user = findUserBy('username', username, parts);
  if (user) return user;
  throw new UserError(`Failed to ${deed}: nobody is called "${username}"`);
};

/** Who asks, by name. Throws for a name that nobody has. */
const askerOf = (as: RestCall['as'], parts: Parts): Auth => {
  if (as === undefined) return { isMaster: true };
  if (as === null) return { isMaster: false };
  return { isMaster: false, user: requireUser(as, 'ask REST', parts) };
};

const contextFor = (auth: Auth, parts: Parts): Context =>
  toContext(parts, auth, createRequestScope(parts), { headers: {}, ip: '127.0.0.1', cloudContext: {} });

const askRest = async ({ method, path, query = {}, body, as }: RestCall, parts: Parts): Promise<RestOutcome> => {
  const context = contextFor(askerOf(as, parts), parts);
  const answer = await parts.rest({ method, path, query, body: body ?? {}, headers: {} }, context);
  await context.store.settled();
  return { status: answer.status, body: answer.body ?? null };
};

/** Any objects, and REST without keys. */
export const objectRuns = (parts: Parts): Runs => {
  const list = createList();
  return {
    'GET /objects': (_body, query): ObjectList => {
      checkWish(query);
      const context = contextFor({ isMaster: true }, parts);
      const wish = toWish(query);
      const { results, count } = list(wish, context);
      if (wish.className === '_User') return { results, count, standings: standingsOf(results, context) };
      return { results: wish.className === '_Session' ? results.map(withoutToken) : results, count };
    },
    'GET /record': (_body, query): ParseRecord => {
      checkWanted(query);
      const [className, objectId] = [query.get('className') ?? '', query.get('objectId') ?? ''];
      const record = parts.store.get(className, objectId);
      if (record) return record;
      throw new UserError(`Failed to read a record: there is no ${objectId} in ${className}`);
    },
    'POST /users/lock': async (body) => {
      checkLock(body);
      const { username, isLocked } = body as LockWish; // it was looked at
      const context = contextFor({ isMaster: true }, parts);
      setLock(requireUser(username, 'lock the account', parts), isLocked, context);
      await context.store.settled();
    },
    'POST /rest': (body) => {
      checkCall(body);
      return askRest(body as RestCall, parts); // it was looked at
    },
  };
};
