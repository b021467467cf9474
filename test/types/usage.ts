/** What users write, and what the compiler must refuse them. It is compiled against the packed package, and never run. */
import {
  browserStorage,
  type Change,
  type CloudFunction,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type ERROR_CODES,
  type ErrorName,
  type Fault,
  type Json,
  type LoggedRequest,
  type OPTIONS,
  type Outbox,
  type OutboxMail,
  ParseError,
  type Persistence,
  type Snapshot,
  type User,
} from 'parse-users-emulator';
import { createHandlers, type HandlersSource } from 'parse-users-emulator/msw';
import {
  type EmulatorServer,
  jsonFile,
  type Middleware,
  startServer,
  type toMiddleware,
} from 'parse-users-emulator/node';
import { test as inPlaywright } from 'parse-users-emulator/playwright';
import { parseUsersEmulator } from 'parse-users-emulator/vite';
import { defineConfig } from 'vite';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Two types are one: `any` is none but itself. */
const same = <A, B>(..._: Same<A, B> extends true ? [] : [never]): void => undefined;
same<string, string>();
type Any = ReturnType<typeof JSON.parse>;
// @ts-expect-error any is no text
same<string, Any>();

const emulator: Emulator = createEmulator();

export const options = (given: string | undefined): void => {
  createEmulator({ appId: 'one', sessionLength: 60, verifyUserEmails: true, allowHeaders: ['X-One'], apps: 'any' });
  // as it comes from the environment
  createEmulator({ clientKey: given });
  createHandlers(emulator, { url: given });
  void startServer({ db: given, host: given });
  createEmulator({ emailAdapter: (mail) => console.log(mail.link) });
  createEmulator({
    auth: { google: true, github: { accessTokens: ['valid'] }, mfa: { options: ['TOTP'], digits: 8 } },
  });
  createEmulator({
    passwordPolicy: { validatorPattern: /^.{8,}$/, validatorCallback: (password) => password !== '12345678' },
  });
  createEmulator({ mocks: { Weather: () => ({ degrees: 21 }) }, typeDefs: 'type Weather { degrees: Int }' });
  createEmulator({ schema: { definitions: [{ className: 'Todo', fields: { title: { type: 'String' } } }] } });
  // @ts-expect-error a name that is no option
  createEmulator({ verifyUserEmail: true });
  // @ts-expect-error text where a number is needed
  createEmulator({ sessionLength: '60' });
  // @ts-expect-error a number where text is needed
  createEmulator({ appId: 1 });
  // @ts-expect-error true is no mail adapter
  createEmulator({ emailAdapter: true });
  // @ts-expect-error no type of Parse's
  createEmulator({ schema: { definitions: [{ className: 'Todo', fields: { title: { type: 'Text' } } }] } });
  // @ts-expect-error a lock needs its length
  createEmulator({ accountLockout: { threshold: 3 } });
  // @ts-expect-error the options take no `any`
  same<EmulatorOptions['sessionLength'], Any>();
  same<keyof EmulatorOptions, keyof typeof OPTIONS>();
  same<typeof OPTIONS.appId.default, 'APPLICATION_ID'>();
  same<typeof emulator.options.sessionLength, number>();
  same<typeof emulator.options.clientKey, string | undefined>();
};

export const functions: { readonly [name: string]: CloudFunction } = {
  hello: ({ params, user, master }) => {
    same<typeof master, boolean>();
    same<(typeof params)[string], unknown>();
    return `hello ${user?.objectId ?? 'stranger'}`;
  },
  // @ts-expect-error a function takes one request
  bad: (_request, _response: string) => undefined,
};

export const resolvers: EmulatorOptions = {
  resolvers: {
    User: {
      badge: (_source, args, { user, isMaster }) => {
        same<typeof isMaster, boolean>();
        return [args['size'], user?.createdAt];
      },
    },
  },
};

export const users = async (): Promise<void> => {
  const user = await emulator.users.create({ username: 'ann', email: 'ann@email.com', scores: [1, 2], ACL: {} });
  same<typeof user, User>();
  same<typeof user.objectId, string>();
  same<typeof user.username, string>();
  // @ts-expect-error a user has a name
  await emulator.users.create({ email: 'ann@email.com' });
  // @ts-expect-error a Date is no JSON
  await emulator.users.create({ username: 'ann', born: new Date() });
  // @ts-expect-error a user is not to be changed
  user.username = 'bob';
  same<ReturnType<typeof emulator.users.find>, Promise<User | undefined>>();
  same<ReturnType<typeof emulator.users.logIn>, Promise<string>>();
  same<ReturnType<typeof emulator.users.verifyEmail>, Promise<void>>();
};

/** What Playwright's `newContext({ storageState })` takes. */
type PlaywrightState = {
  cookies: { name: string; value: string; domain: string; path: string }[];
  origins: { origin: string; localStorage: { name: string; value: string }[] }[];
};

export const clients = async (): Promise<void> => {
  const headers = await emulator.headersFor('ann');
  same<typeof headers, { [name: string]: string }>();
  await fetch('http://localhost/graphql', { headers });
  new Headers(await emulator.headersFor()).get('X-Parse-Application-Id');
  const state: PlaywrightState = await emulator.storageStateFor('ann', {
    origin: 'http://localhost:5173',
    key: 'token',
  });
  // @ts-expect-error a browser's storage belongs to an origin
  await emulator.storageStateFor('ann', { key: state.origins[0]?.origin ?? '' });
};

export const faults = (): void => {
  const fault: Fault = { operation: 'logIn', error: { code: 'OBJECT_NOT_FOUND', message: 'gone' }, times: 2 };
  emulator.faults.add(fault);
  emulator.faults.add([{ latency: 100 }, { latency: [100, 900], probability: 0.5 }, { error: { code: 4242 } }]);
  emulator.faults.add({ session: 'expired', user: 'ann' });
  same<ReturnType<typeof emulator.faults.list>, readonly Fault[]>();
  // @ts-expect-error a range has two ends
  emulator.faults.add({ latency: [100] });
  // @ts-expect-error a session can be expired or revoked
  emulator.faults.add({ session: 'gone' });
  // @ts-expect-error no error of Parse's
  emulator.faults.add({ error: { code: 'NOT_FOUND' } });
  // @ts-expect-error an error has a code
  emulator.faults.add({ error: { message: 'gone' } });
  // @ts-expect-error no misbehaviour
  emulator.faults.add({ operations: 'logIn' });
};

export const intercepts = (): void => {
  const end = emulator.intercept(
    'logIn',
    async ({ field, args, user, isMaster, proceed }) => {
      same<typeof field, string>();
      same<(typeof args)[string], unknown>();
      same<typeof isMaster, boolean>();
      if (user?.['username'] === 'ann') throw new ParseError('OBJECT_NOT_FOUND', 'gone');
      return await proceed();
    },
    { once: true },
  );
  same<typeof end, () => void>();
  // @ts-expect-error nobody answers
  emulator.intercept('logIn');
  // @ts-expect-error args are not to be changed
  emulator.intercept('logIn', ({ args }) => (args['input'] = 1));
  // @ts-expect-error once or for good
  emulator.intercept('logIn', () => null, { times: 2 });
};

class InMemory implements Persistence {
  #kept: Snapshot | null = null;
  async read(): Promise<Snapshot | null> {
    return this.#kept;
  }
  async append(changes: readonly Change[]): Promise<void> {
    for (const { className, objectId, record } of changes) console.log(className, objectId, record?.['updatedAt']);
  }
  async replace(snapshot: Snapshot): Promise<void> {
    this.#kept = snapshot;
  }
}

export const persistences: readonly Persistence[] = [
  new InMemory(),
  browserStorage('demo'),
  jsonFile('users.json', { warn: (sentence) => console.warn(sentence) }),
  {
    read: async () => null,
    append: async () => undefined,
    replace: async () => undefined,
    onExternalChange: () => undefined,
  },
  // @ts-expect-error what is written must be kept
  { read: async () => null, replace: async () => undefined },
  // @ts-expect-error a state is lists of objects
  { read: async () => ({ _User: 1 }), append: async () => undefined, replace: async () => undefined },
];

export const handlers = (): void => {
  const sources: HandlersSource[] = [emulator, { bcryptRounds: 4 }, () => emulator];
  for (const source of sources) createHandlers(source, { url: 'https://api.example.com/graphql', resets: true });
  const [first] = createHandlers();
  same<typeof first, import('msw').HttpHandler | import('msw').WebSocketHandler | undefined>();
  // @ts-expect-error no emulator, and no option
  createHandlers({ port: 1 });
  // @ts-expect-error an emulator is found at once
  createHandlers(async () => emulator);
  // @ts-expect-error neither falls through nor is an error
  createHandlers(emulator, { unknown: 'ignore' });
};

export const server = async (): Promise<void> => {
  await using running = await startServer({
    port: 0,
    db: 'users.json',
    verifyUserEmails: true,
    log: (line) => console.log(line),
  });
  same<typeof running, EmulatorServer>();
  same<typeof running.url, string>();
  same<typeof running.port, number>();
  same<typeof running.emulator, Emulator>();
  same<ReturnType<typeof toMiddleware>, Middleware>();
  await startServer({ prepare: (emulator) => emulator.seed({ _User: [{ username: 'ann' }] }) });
  // @ts-expect-error a port is a number
  await startServer({ port: '1337' });
  // @ts-expect-error a name that is no option
  await startServer({ hostname: 'localhost' });
};

inPlaywright.use({ user: 'ann', sessionKey: 'token' });
// @ts-expect-error a name is text
inPlaywright.use({ user: 1 });
inPlaywright('knows Playwright, and the emulator', async ({ page, emulator, inbox, clock, faults, asUser, appId }) => {
  same<typeof appId, string>();
  await page.goto((await inbox.waitFor({ kind: 'verifyEmail' })).link);
  await faults.add({ operation: 'logIn', status: 503 });
  await clock.advance({ days: 1 });
  same<Awaited<ReturnType<typeof asUser>>, typeof page>();
  same<ReturnType<typeof emulator.users.find>, Promise<User | undefined>>();
});

export const vite = defineConfig({
  plugins: [parseUsersEmulator(), [parseUsersEmulator({ db: 'users.json', printMail: false, verifyUserEmails: true })]],
});
// @ts-expect-error a name that is no option
parseUsersEmulator({ file: 'users.json' });

export const errors = (): void => {
  const error = new ParseError('OBJECT_NOT_FOUND', 'gone');
  same<typeof error.code, number>();
  same<typeof ERROR_CODES.OBJECT_NOT_FOUND, 101>();
  same<Extract<ErrorName, 'USERNAME_TAKEN' | 'NONE'>, 'USERNAME_TAKEN'>();
  const thrown: Error[] = [error, new ParseError(4242, 'of my own')];
  console.log(thrown);
  // @ts-expect-error no error of Parse's
  new ParseError('NOT_FOUND', 'gone');
  // @ts-expect-error an error says something
  new ParseError('OBJECT_NOT_FOUND');
};

export const rest = async (): Promise<void> => {
  const mail = await emulator.outbox.waitFor({ to: 'ann@email.com', kind: 'verifyEmail', timeout: 10 });
  same<typeof mail, OutboxMail>();
  same<Outbox[number], OutboxMail>();
  // @ts-expect-error no mail of Parse's
  await emulator.outbox.waitFor({ kind: 'welcome' });
  emulator.clock.advance({ hours: 2, minutes: 30 });
  // @ts-expect-error no unit of time
  emulator.clock.advance({ weeks: 2 });
  same<typeof emulator.requests, readonly LoggedRequest[]>();
  const snapshot = emulator.snapshot();
  same<typeof snapshot, Snapshot>();
  same<(typeof snapshot)[string][number][string], Json>();
  await emulator.restore(JSON.parse(JSON.stringify(snapshot)));
  await emulator.seed({ _User: [{ username: 'ann', password: 'secret' }] });
  same<ReturnType<typeof emulator.isolate<number>>, Promise<number>>();
  await emulator.isolate(async (mine) => mine.fork().app('APPLICATION_ID').close());
  const response = await emulator.fetch(new Request('http://localhost/graphql'));
  same<typeof response, Response>();
  const { status, headers, body } = await emulator.handle({ method: 'GET', url: '/', headers: {}, body: '' });
  same<
    [typeof status, typeof headers, typeof body],
    [number, { readonly [name: string]: string }, string | Uint8Array]
  >();
};
