import { Session } from 'node:inspector/promises';

const OWN = /\/node_modules\/graphql\/|^(?!.*\/node_modules\/).*\/src\//;

/**
 * How many functions of `src/` and of graphql-js were called while `run` did its work: a measure of it that is the same on a busy machine.
 * Loops inside of one function do not count, nor what the runtime itself does.
 */
export const countCalls = async (run: () => unknown): Promise<number> => {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    await run();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const own = result.filter(({ url }) => OWN.test(url));
    return own.flatMap(({ functions }) => functions).reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
  } finally {
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
};

/** How many times as many calls the whole takes as half of it: about 2 where the work is in proportion. */
export const growthOf = async (run: (size: number) => unknown, size: number): Promise<number> => {
  await run(Math.ceil(size / 2)); // what is made once and kept is made now
  const half = await countCalls(() => run(Math.ceil(size / 2)));
  return (await countCalls(() => run(size))) / half;
};
