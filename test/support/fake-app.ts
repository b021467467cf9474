import { buildSchema, type GraphQLSchema } from 'graphql';
import { createExecutor } from '../../src/graphql/execution/execute.ts';
import { createApp } from '../../src/http/app.ts';
import type { Control, Parts } from '../../src/http/parts.ts';
import { createHistory } from '../../src/http/steering/history.ts';
import { createSnapshots } from '../../src/http/steering/snapshots.ts';
import type { HttpRequest, HttpResponse, RequestHandler } from '../../src/http/wire/message.ts';
import { createClock } from '../../src/operations/clock.ts';
import { NO_FUNCTIONS } from '../../src/operations/functions/table.ts';
import { createOutbox } from '../../src/operations/outbox.ts';
import { cryptoRandom } from '../../src/operations/random.ts';
import { CLASS_RULES } from '../../src/operations/rules/rules.ts';
import { Schemas } from '../../src/operations/schemas.ts';
import { NO_TRIGGERS } from '../../src/operations/triggers/triggers.ts';
import { resolveOptions } from '../../src/options/check.ts';
import type { EmulatorOptions } from '../../src/options/table.ts';
import { ParseError } from '../../src/parse/error.ts';
import type { JsonObject, ParseRecord } from '../../src/parse/record.ts';
import { Store } from '../../src/store/store.ts';

const SDL = `
  type User { id: ID! name: String broken: String! friend: User }
  input StringWhereInput { equalTo: String in: [String] }
  input UserWhereInput { username: StringWhereInput }
  input LogInInput { username: String! password: String! }
  type LogInPayload { ok: Boolean! }
  scalar Upload
  type Query {
    health: Boolean!
    user(id: ID!): User!
    users(first: Int, where: UserWhereInput): [User!]!
    refused: Boolean
    crashed: Boolean
    whoami: String
  }
  type Mutation {
    logIn(input: LogInInput!): LogInPayload
    refused: Boolean
    resetPassword: Boolean
    upload(file: Upload): String
  }
`;

type Resolver = (source: unknown, given: never, contextValue: { context: { auth: object } }) => unknown;

const refuse = (): never => {
  throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
};

const RESOLVERS: { readonly [type: string]: { readonly [field: string]: Resolver } } = {
  Query: {
    health: () => true,
    user: (_source, { id }: { id: string }) => ({ id, name: 'ann', broken: null }),
    users: () => [{ id: '1' }],
    refused: refuse,
    crashed: () => {
      throw new TypeError('a secret of the inside');
    },
    whoami: (_source, _given, { context }) => JSON.stringify(context.auth),
  },
  Mutation: {
    logIn: () => ({ ok: true }),
    refused: refuse,
    resetPassword: refuse,
    upload: (_source, { file }: { file: { filename: string; mimetype: string; bytes: Uint8Array } }) =>
      `${file.filename} ${file.mimetype} ${new TextDecoder().decode(file.bytes)}`,
  },
};

/** A small schema with a field for each kind of outcome. */
export const createSmallSchema = (): GraphQLSchema => {
  const schema = buildSchema(SDL);
  for (const [typeName, fields] of Object.entries(RESOLVERS)) {
    const type = typeName === 'Query' ? schema.getQueryType() : schema.getMutationType();
    for (const [name, resolve] of Object.entries(fields)) Object.assign(type?.getFields()[name] ?? {}, { resolve });
  }
  return schema;
};

/** A control that does nothing. */
export const CONTROL: Control = {
  outbox: createOutbox().outbox,
  clearOutbox: () => undefined,
  reset: () => undefined,
  seed: () => undefined,
  snapshot: () => ({}),
  restore: () => undefined,
  clock: createClock(),
  baseline: () => ({}),
  history: createHistory({ now: () => 0 }),
  snapshots: createSnapshots({ now: () => 0 }),
  subscriptions: () => [],
  users: {
    create: async (fields) => fields,
    find: async () => undefined,
    logIn: async () => '',
    verifyEmail: async () => undefined,
  },
  clients: { headersFor: async () => ({}), storageStateFor: async () => ({}) },
  intercept: () => () => undefined,
};

export type FakeApp = { readonly handle: RequestHandler; readonly parts: Parts; readonly logged: readonly unknown[][] };

/** The app on a small schema; REST answers with what it was asked. */
export const createFakeApp = (options: EmulatorOptions = {}, others: Partial<Parts> = {}): FakeApp => {
  const logged: unknown[][] = [];
  const log: Parts['log'] = (...line) => void logged.push(line);
  const schema = createSmallSchema();
  const store = new Store(undefined);
  const parts: Parts = {
    options: resolveOptions({ graphQLPublicIntrospection: true, ...options }),
    store,
    clock: {
      now: () => Date.parse('2030-01-01T00:00:00Z'),
      stamp: () => '2030-01-01T00:00:00.000Z',
      follow: () => undefined,
    },
    random: cryptoRandom,
    mail: { send: () => undefined },
    schemas: new Schemas(store),
    passwords: { hash: async () => '', compare: async () => false },
    log,
    rules: CLASS_RULES,
    triggers: NO_TRIGGERS,
    functions: NO_FUNCTIONS,
    execute: createExecutor({ getSchema: () => schema, log, options: resolveOptions(options) }),
    rest: async ({ method, path, query, body, headers }, { auth }) => {
      if (path === '/nowhere') return { status: 404, body: undefined };
      const shownBody = body instanceof Uint8Array ? { bytes: new TextDecoder().decode(body) } : body;
      const asked = { method, path, query, body: shownBody ?? null, type: headers['content-type'] ?? null, auth };
      return { status: 200, body: JSON.parse(JSON.stringify(asked)) };
    },
    control: CONTROL,
    ...others,
  };
  return { handle: createApp(parts), parts, logged };
};

const DAY = 86_400_000;

/** Opens a session of a new user; answers its token. */
export const openSession = ({ store, clock }: Parts, expiresIn = DAY): string => {
  const number = [...store.all('_Session')].length;
  const sessionToken = `r:${String(number).padStart(32, '0')}`;
  const times = { createdAt: '2030-01-01T00:00:00.000Z', updatedAt: '2030-01-01T00:00:00.000Z' };
  const user: ParseRecord = { objectId: `user${number}`, ...times, username: `user${number}` };
  const session: ParseRecord = {
    objectId: `session${number}`,
    ...times,
    sessionToken,
    user: { __type: 'Pointer', className: '_User', objectId: user.objectId },
    expiresAt: { __type: 'Date', iso: new Date(clock.now() + expiresIn).toISOString() },
  };
  store.transact((transaction) => {
    transaction.put('_User', user);
    transaction.put('_Session', session);
  });
  return sessionToken;
};

export const APP_ID = { 'x-parse-application-id': 'APPLICATION_ID' };
export const JSON_HEADERS = { ...APP_ID, 'content-type': 'application/json' };

/** A POST of a GraphQL body. */
export const post = (body: unknown, headers: HttpRequest['headers'] = {}): HttpRequest => ({
  method: 'POST',
  url: '/graphql',
  headers: { ...JSON_HEADERS, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

/** The JSON of an answer. */
export const jsonOf = ({ body }: HttpResponse): JsonObject =>
  JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
