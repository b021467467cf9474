import type { About, Connection } from '../../client/connect.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Snapshot } from '../../store/persistence.ts';

/** The application of one worker: a state of its own in the emulator that all workers share. */
export type Application = {
  /** Its id. */
  readonly appId: string;
  /** The emulator's own application id, which the page under test may well send. */
  readonly ownId: string;
  /** What the emulator says of itself. */
  readonly about: About;
  /** The control routes of this application. */
  readonly connection: Connection;
  /** What each test begins with. */
  readonly start: Snapshot;
};

/** Takes an application for a worker. Rejects when the emulator allows none of this name, unless there is one worker only. */
export const takeApplication = async (emulator: Connection, wished: string, workers: number): Promise<Application> => {
  const about = await emulator.about();
  const isAllowed = about.apps === 'any' || about.apps.includes(wished);
  if (!isAllowed && workers > 1) {
    throw new UserError(
      `Failed to give a worker the application "${wished}": the emulator at ${emulator.url} has no such. ` +
        'Start it with --apps any, or run one worker',
    );
  }
  const appId = isAllowed ? wished : about.appId;
  const connection = emulator.app(appId);
  await connection.reset();
  return { appId, ownId: about.appId, about, connection, start: await connection.snapshot() };
};

/** The connection of one test, which begins with the seed. `end` takes back what the test has added to the seed. */
export const beginTest = async ({
  connection,
  start,
}: Application): Promise<{ readonly emulator: Connection; end(): Promise<void> }> => {
  await connection.reset();
  let isSeeded = false;
  return {
    emulator: {
      ...connection,
      async seed(...given) {
        isSeeded = true;
        await connection.seed(...given);
      },
    },
    async end() {
      if (!isSeeded) return;
      await connection.restore(start);
      await connection.seed({}); // a reset comes back to what there is now
    },
  };
};
