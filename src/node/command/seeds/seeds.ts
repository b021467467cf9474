import { fileURLToPath } from 'node:url';
import type { Emulator, Fixtures } from '../../../emulator.ts';
import { UserError } from '../../../parse/user-error.ts';
import { messageOf } from '../../json/file-error.ts';
import { readSeedFile } from './seed-file.ts';

/** Fixtures with the name of their file. */
export type Seed = { readonly path: string; readonly fixtures: Fixtures };

const OWN = new URL(import.meta.url.endsWith('.ts') ? '../../../../fixtures/' : '../fixtures/', import.meta.url);

/** `demo` is the one that comes with the package. */
const locateSeed = (path: string): string => (path === 'demo' ? fileURLToPath(new URL('demo.json', OWN)) : path);

/** Reads fixture files. Throws an error when one cannot be read. */
export const readSeeds = (paths: readonly string[]): Promise<Seed[]> =>
  Promise.all(
    paths.map(locateSeed).map(async (path) => ({
      path,
      fixtures: await readSeedFile(path),
    })),
  );

/** Puts the fixtures into the emulator, file by file. Rejects with an error that names the file and the place. */
export const seedFrom = async (emulator: Emulator, seeds: readonly Seed[]): Promise<void> => {
  for (const { path, fixtures } of seeds) {
    try {
      await emulator.seed(fixtures);
    } catch (error) {
      throw new UserError(`Failed to load ${path}: ${messageOf(error)}`, { cause: error });
    }
  }
};

/** Whether the emulator holds no object yet; classes alone do not count. */
export const isEmpty = (emulator: Emulator): boolean =>
  Object.entries(emulator.snapshot()).every(([className, rows]) => className === 'schemas' || rows.length === 0);
