import { type BrowserContext, test as base, type Page, type TestType } from '@playwright/test';
import { type Connection, connect } from '../../client/connect.ts';
import { type Application, beginTest, takeApplication } from './application.ts';
import { leadRequests } from './lead.ts';
import { storageOf } from './log-in.ts';

/** What `use` in `playwright.config.ts` may say of the emulator. */
export interface EmulatorWorkerOptions {
  /** Where the emulator is. @default PARSE_EMULATOR_URL of the environment, which `exec` sets, or 'http://localhost:1337' */
  readonly emulatorURL: string;
  /** The master key, for an emulator on another machine. */
  readonly masterKey: string | undefined;
}

/** What `use` and `test.use` may say of who is logged in. */
export interface EmulatorTestOptions {
  /** Who is logged in in `page` and `context` from the start, without a password: `test.use({ user: 'johndoe' })`. */
  readonly user: string | undefined;
  /** The key in `localStorage` under which the page keeps the session token. Parse's SDK needs none. */
  readonly sessionKey: string | undefined;
}

/** What each worker is given. */
export interface EmulatorWorkerFixtures {
  /** The application id of this worker: `chromium-0`. */
  readonly appId: string;
}

/** What each test is given. */
export interface EmulatorFixtures {
  /** The emulator of this worker, reset to its seed before each test. */
  readonly emulator: Connection;
  /** Its mail: `await inbox.waitFor({ to, kind })`. */
  readonly inbox: Connection['outbox'];
  /** Its time: `await clock.advance({ days: 366 })`. */
  readonly clock: Connection['clock'];
  /** Its misbehaviour: `await faults.add({ operation: 'logIn', status: 503 })`. */
  readonly faults: Connection['faults'];
  /** Opens a page in a context of its own in which a user is logged in, without a password. Rejects for a name that nobody has. */
  readonly asUser: (username: string) => Promise<Page>;
}

type Inner = { readonly application: Application };

/** Playwright's own fixtures, by the types of its `test`. */
type Base =
  typeof base extends TestType<infer Test, infer Worker> ? { readonly test: Test; readonly worker: Worker } : never;

/** Playwright's `test` with an emulator. */
export type EmulatorTest = TestType<
  Base['test'] & EmulatorTestOptions & EmulatorFixtures,
  Base['worker'] & EmulatorWorkerOptions & EmulatorWorkerFixtures
>;

const DEFAULT_URL = 'http://localhost:1337';

/** Playwright's `test`: each worker has an application of its own in the emulator, each test begins with its seed. */
export const test: EmulatorTest = base.extend<
  EmulatorTestOptions & EmulatorFixtures,
  EmulatorWorkerOptions & EmulatorWorkerFixtures & Inner
>({
  emulatorURL: [process.env['PARSE_EMULATOR_URL'] ?? DEFAULT_URL, { option: true, scope: 'worker' }],
  masterKey: [undefined, { option: true, scope: 'worker' }],
  user: [undefined, { option: true }],
  sessionKey: [undefined, { option: true }],

  application: [
    async ({ emulatorURL, masterKey, browserName }, use, { parallelIndex, project, config }) => {
      const name = `${project.name || browserName}-${parallelIndex}`;
      await use(await takeApplication(connect(emulatorURL, { masterKey }), name, config.workers));
    },
    { scope: 'worker' },
  ],
  appId: [async ({ application }, use) => use(application.appId), { scope: 'worker' }],

  emulator: [
    async ({ application }, use) => {
      const { emulator, end } = await beginTest(application);
      await use(emulator);
      await end();
    },
    { auto: true },
  ],
  inbox: async ({ emulator }, use) => use(emulator.outbox),
  clock: async ({ emulator }, use) => use(emulator.clock),
  faults: async ({ emulator }, use) => use(emulator.faults),

  storageState: async ({ storageState, user, sessionKey, baseURL, application, emulator: _reset }, use) =>
    use(user === undefined ? storageState : await storageOf(user, { baseURL, sessionKey }, application)),

  context: async ({ context, application }, use) => {
    await leadRequests(context, application);
    await use(context);
  },

  asUser: async ({ browser, application, baseURL, sessionKey, emulator: _reset }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (username) => {
      const storageState = await storageOf(username, { baseURL, sessionKey }, application);
      const context = await browser.newContext({ storageState });
      contexts.push(context);
      await leadRequests(context, application);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});
