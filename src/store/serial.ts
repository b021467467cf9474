/** Runs one piece of work after the other, in the order in which they were given. */
export type Serial = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A new line of work. A piece that fails does not stop those behind it. */
export const createSerial = (): Serial => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
};
