import type { SetupServer, setupServer } from 'msw/node';
import { test as base, type TestAPI } from 'vitest';
import { createEmulator, type Emulator } from '../emulator.ts';
import { toAddresses } from '../msw/addresses.ts';
import { type HandlersOptions, handlersFor } from '../msw/handlers.ts';
import { pathsOf } from '../options/paths.ts';
import type { EmulatorOptions } from '../options/table.ts';
import { bindTest } from './bind.ts';
import { begin, end, enter, findEmulator, server } from './running.ts';
import { logInTestUser, type TestUser } from './test-user.ts';

/** What each test is given. */
export interface EmulatorFixtures {
  /** An emulator of this test's own, which begins with the seed. */
  readonly emulator: Emulator;
  /** MSW's server, which listens while a test runs; what a test does with `server.use` ends with it. */
  readonly server: SetupServer;
  /** Logs a user in without a password. Rejects for a name that nobody has: make one with `emulator.users.create`. */
  readonly asUser: (username: string) => Promise<TestUser>;
}

/** Vitest's `test` with an emulator. */
export type EmulatorTest = TestAPI<EmulatorFixtures>;

/** The options of the emulator, with those of its handlers. A hash costs 4 rounds if `bcryptRounds` is not given. */
export type TestOptions = Omit<EmulatorOptions, 'persistence'> &
  Omit<HandlersOptions, 'resets'> & {
    /** Further handlers of MSW's, which come before the emulator's: those of the application's other services. */
    readonly handlers?: Readonly<Parameters<typeof setupServer>> | undefined;
    /** What MSW does with a request that nobody handles. @default 'warn' */
    readonly onUnhandledRequest?: 'bypass' | 'warn' | 'error' | undefined;
  };

/**
 * Makes a `test` of Vitest's whose tests each have an emulator of their own, and MSW in front of it. It works with
 * `test.concurrent`, too, where requests are told apart by the test that they come from.
 * @throws Error for an option that is unknown or of the wrong type.
 */
export const createTest = ({
  url,
  unknown,
  handlers: own = [],
  onUnhandledRequest = 'warn',
  ...options
}: TestOptions = {}): EmulatorTest => {
  const paths = pathsOf(options);
  const serverURL = url && /^https?:\/\//.test(url) ? toAddresses(url, paths).rest : undefined; // where the links of mail lead
  const shared = createEmulator({ bcryptRounds: 4, ...(serverURL && { serverURL }), ...options });
  const handlers = [...own, ...handlersFor(findEmulator, paths, true, { url, unknown })];

  const test = base.extend<EmulatorFixtures>({
    emulator: [
      async ({ task }, use) => {
        await shared.ready; // the seed is there
        const emulator = shared.fork();
        begin(task, { emulator, handlers }, onUnhandledRequest);
        await use(emulator);
        end(task);
        await emulator.close();
      },
      { auto: true },
    ],
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are wanted
    server: async ({}, use) => use(server),
    asUser: async ({ emulator }, use) => use((username) => logInTestUser(emulator, username)),
  });

  return bindTest(test, enter);
};

/** `createTest()`: each test has an empty emulator with Parse Server's defaults. */
export const test: EmulatorTest = createTest();
