import { type SetupServer, setupServer } from 'msw/node';
import { test as base, type TestAPI, type TestContext } from 'vitest';
import { createScope } from '../emulator/scope.ts';
import { createEmulator, type Emulator, type Fixtures } from '../emulator.ts';
import { createHandlers, type HandlersOptions } from '../msw/index.ts';
import type { EmulatorOptions } from '../options.ts';
import { bindTest } from './bind.ts';
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
    /** What each test begins with. */
    readonly seed?: Fixtures | undefined;
    /** What MSW does with a request that nobody handles. @default 'warn' */
    readonly onUnhandledRequest?: 'bypass' | 'warn' | 'error' | undefined;
  };

/** The tests that run now, each with its emulator. */
type Running = Map<TestContext['task'], Emulator>;

const findOne = (running: Running, scoped: Emulator | undefined): Emulator => {
  if (scoped) return scoped;
  const [only, second] = running.values();
  if (only && !second) return only;
  throw new Error(
    only
      ? 'Failed to find the emulator: several tests run at once, and this request comes from none of their bodies. Send it from the body of the test, and take test.for in place of test.each'
      : 'Failed to find the emulator: no test is running',
  );
};

/**
 * Makes a `test` of Vitest's whose tests each have an emulator of their own, and MSW in front of it. It works with
 * `test.concurrent`, too, where requests are told apart by the body of the test that they come from.
 * @throws Error for an option that is unknown or of the wrong type.
 */
export const createTest = ({
  seed,
  url,
  unknown,
  onUnhandledRequest = 'warn',
  ...options
}: TestOptions = {}): EmulatorTest => {
  const shared = createEmulator({ bcryptRounds: 4, ...options });
  const scope = createScope<Emulator>();
  const running: Running = new Map();
  const find = (): Emulator => findOne(running, scope.get());
  const server = setupServer(...createHandlers(find, { ...(url && { url }), ...(unknown && { unknown }) }));
  let seeded: Promise<void> | undefined;

  const begin = (task: TestContext['task']): Emulator => {
    if (running.size === 0) server.listen({ onUnhandledRequest });
    const emulator = shared.fork();
    running.set(task, emulator);
    return emulator;
  };
  const end = async (task: TestContext['task']): Promise<void> => {
    const emulator = running.get(task);
    running.delete(task);
    if (running.size === 0) {
      server.resetHandlers();
      server.close();
    }
    await emulator?.close();
  };

  const test = base.extend<EmulatorFixtures>({
    emulator: [
      async ({ task }, use) => {
        seeded ??= seed ? shared.seed(seed) : shared.ready;
        await seeded;
        const emulator = begin(task);
        await use(emulator);
        await end(task);
      },
      { auto: true },
    ],
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are wanted
    server: async ({}, use) => use(server),
    asUser: async ({ emulator }, use) => use((username) => logInTestUser(emulator, username)),
  });

  return bindTest(test, ({ task }, body) => {
    const run = () => scope.run(findOne(running, running.get(task)), body);
    return task.concurrent ? server.boundary(run)() : run();
  });
};

/** `createTest()`: each test has an empty emulator with Parse Server's defaults. */
export const test: EmulatorTest = createTest();
