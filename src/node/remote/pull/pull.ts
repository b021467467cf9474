import { seededPasswords } from '../../../operations/passwords.ts';
import { UserError } from '../../../parse/user-error.ts';
import { connectRemote } from '../remote.ts';
import { createAnonymize } from './anonymous.ts';
import { type FixtureRow, type Progress, readFixtures } from './fixtures.ts';
import { type Picture, readPicture } from './picture.ts';

export type { FixtureRow, Progress } from './fixtures.ts';
export type { Picture, PulledClass } from './picture.ts';

/** Which server is read, and how much of it. */
export type PullOptions = {
  /** The address of its REST API: `https://api.example.com/parse`. */
  readonly from: string;
  /** Its application id. */
  readonly appId: string;
  /** Its master key, which is kept nowhere. */
  readonly masterKey: string;
  /** How many users come along. @default 0 */
  readonly users?: number | undefined;
  /** The classes of which rows come along; `['*']` for all. @default [] */
  readonly classes?: readonly string[] | undefined;
  /** How many rows of each. @default 50 */
  readonly rows?: number | undefined;
  /** Fields that are not made anonymous: `status` in all classes, or `Todo.status`. @default [] */
  readonly keep?: readonly string[] | undefined;
  /** The password that every user gets. @default 'secret' */
  readonly password?: string | undefined;
  /** Hears how far it is. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
};

/** What was read. */
export type Pulled = {
  /** What can be seen of the server, as a configuration of the emulator's. */
  readonly picture: Picture;
  /** Reads the rows, page by page, in the form of fixtures: each tells its class. Rejects with one message when the server fails. */
  fixtures(): AsyncIterable<readonly FixtureRow[]>;
};

const HASH_ROUNDS = 10;
const DEFAULT_ROWS = 50;

const classesFor = (wished: readonly string[], { schemas }: Picture): readonly string[] => {
  const names = schemas.map(({ className }) => className);
  if (wished.includes('*')) return names.filter((name) => !name.startsWith('_'));
  const unknown = wished.find((name) => !names.includes(name));
  if (unknown === undefined) return wished;
  throw new UserError(`Failed to pull: the server has no class ${unknown}. It has ${names.join(', ')}`);
};

const checkNumber = (name: string, value: number): void => {
  if (!Number.isInteger(value) || value < 0) {
    throw new UserError(`Failed to pull: ${name} must be a whole number from 0, not ${String(value)}`);
  }
};

/**
 * Reads a running Parse Server: its version, classes, permissions, indexes, parameters and, if asked for, rows with all that they lead
 * to, made anonymous. Nothing is written to it. Rejects with one message for a server that cannot be reached, or is not a Parse Server.
 */
export const pull = async ({
  from,
  appId,
  masterKey,
  users = 0,
  classes = [],
  rows = DEFAULT_ROWS,
  keep = [],
  password = 'secret',
  onProgress,
}: PullOptions): Promise<Pulled> => {
  checkNumber('users', users);
  checkNumber('rows', rows);
  const remote = await connectRemote({ url: from, appId, masterKey });
  const anonymize = createAnonymize(masterKey, keep);
  const picture = await readPicture(remote, anonymize);
  const wanted = { users, rows, classes: classesFor(classes, picture) };
  return {
    picture,
    async *fixtures() {
      const bcryptPassword = await seededPasswords('pulled').hash(password, HASH_ROUNDS);
      const source = { remote, schemas: picture.schemas, anonymize, bcryptPassword, onProgress };
      yield* readFixtures(source, wanted);
    },
  };
};
