import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../../parse/user-error.ts';
import { codeOf } from '../json/file-error.ts';

/** Beside the emulator, or where the command was called: npx keeps the emulator in a folder of its own. */
const peerPlaces = (): readonly string[] => [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href];

/** Loads a package that is not installed with the emulator, from the first place that has it. Throws `missing` when none has. */
export const loadPeer = (name: string, missing: string, from: readonly string[] = peerPlaces()): unknown => {
  for (const place of from) {
    try {
      return createRequire(place)(name);
    } catch (error) {
      if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new UserError(missing);
};
