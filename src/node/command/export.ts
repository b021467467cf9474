import type { JsonObject } from '../../parse/record.ts';
import type { Snapshot } from '../../store/persistence.ts';
import { UsageError } from './usage-error.ts';

/** Classes that belong to the emulator, or to a running server, and not to an application's data. */
const LEFT_OUT: ReadonlySet<string> = new Set(['_Session', '_GlobalConfig', '_GraphQLConfig', '_File']);

const HASH = '_hashed_password';

/** A row as an export of Parse has it: the hash under its public name, and nothing else that is internal. */
const toParseRow = (row: JsonObject): JsonObject => {
  const open = Object.entries(row).filter(([name]) => !name.startsWith('_'));
  const { [HASH]: passwordHash } = row;
  return Object.fromEntries(passwordHash === undefined ? open : [...open, ['bcryptPassword', passwordHash]]);
};

const toParse = (snapshot: Snapshot): Snapshot =>
  Object.fromEntries(
    Object.entries(snapshot)
      .filter(([className]) => !LEFT_OUT.has(className))
      .map(([className, rows]) => [className, rows.map(toParseRow)]),
  );

/** The data as `export` prints it: as it stands in the file, or in the form of an export of Parse. */
export const toExport = (snapshot: Snapshot, format: string): Snapshot => {
  if (format === 'json') return snapshot;
  if (format === 'parse') return toParse(snapshot);
  throw new UsageError(`--format is json or parse, not "${format}"`);
};
