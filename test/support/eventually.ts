import { vi } from 'vitest';

/** Longer than anything takes on a machine with other work, and shorter than the time that a test has. */
const PATIENCE = 100_000;

/** Waits until `check` passes, however busy the machine is, and returns what it returns. */
export const eventually = <Result>(check: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(check, { timeout: PATIENCE, interval: 10 });

/** Lets everything run that is due: so many turns of the event loop, without a timer. */
export const turns = async (count = 10): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A promise that somebody else keeps: `open` does. */
export const createGate = (): { readonly opened: Promise<void>; readonly open: () => void } => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};
