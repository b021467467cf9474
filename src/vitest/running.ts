import { type SetupServer, setupServer } from 'msw/node';
import type { TestContext } from 'vitest';
import { createScope } from '../emulator/scope.ts';
import type { Emulator } from '../emulator.ts';
import { UserError } from '../parse/user-error.ts';

/** Handlers of MSW's. */
export type Handlers = Readonly<Parameters<typeof setupServer>>;

/** What MSW does with a request that nobody handles. */
export type OnUnhandledRequest = 'bypass' | 'warn' | 'error';

/** A test that runs now: its emulator, and the handlers in front of it. */
type Running = { readonly emulator: Emulator; readonly handlers: Handlers };

type Task = TestContext['task'];

/** The one server of this worker: two that listen at once would both take a request. */
export const server: SetupServer = setupServer();

const tests = new Map<Task, Running>();
const scope = createScope<Running>();

/** Handlers for requests that come from no flow of a test's: those of the tests that run. */
const setRootHandlers = (): void =>
  server.resetHandlers(...new Set([...tests.values()].flatMap(({ handlers }) => handlers)));

const listen = (unhandled: OnUnhandledRequest): void => {
  const options = { onUnhandledRequest: unhandled, onUnhandledFrame: unhandled }; // MSW 3 has the second name
  server.listen(options);
};

/** Begins a test: the server listens, with the test's handlers and nothing of those before it. */
export const begin = (task: Task, test: Running, unhandled: OnUnhandledRequest): void => {
  if (tests.size === 0) listen(unhandled);
  tests.set(task, test);
  setRootHandlers();
};

/** Ends a test; the server closes after the last of those that run at once. */
export const end = (task: Task): void => {
  tests.delete(task);
  if (tests.size === 0) server.close();
  else setRootHandlers();
};

/** Runs a part of a test: what is asked from within goes to that test's emulator, and what a concurrent one does with the server stays in it. */
export const enter = <Result>(task: Task | undefined, part: () => Result): Result => {
  const test = task && tests.get(task);
  if (!test) return part(); // no test yet: a fixture of a file's, or one that comes before the emulator
  const run = (): Result => scope.run(test, part);
  if (!task.concurrent) return run();
  return server.boundary(() => {
    server.resetHandlers(...test.handlers);
    return run();
  })();
};

/**
 * The emulator of the test that a request comes from, or of the only test that runs.
 * @throws Error when it is nobody's
 */
export const findEmulator = (): Emulator => {
  const [only, second] = tests.values();
  const test = scope.get() ?? (second ? undefined : only);
  if (test) return test.emulator;
  throw new UserError(
    second
      ? 'Failed to find the emulator: several tests run at once, and this request comes from none of their bodies. Send it from the body of the test or from one of its fixtures'
      : 'Failed to find the emulator: no test is running',
  );
};
