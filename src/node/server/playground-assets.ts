import { readFile } from 'node:fs/promises';
import type { PlaygroundAssets } from '../../options/table.ts';
import { codeOf } from '../json/file-error.ts';

/** Beside the built entries; from source, where the build puts it. */
const FOLDER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/playground/' : './playground/',
  import.meta.url,
);

const CONTENT_TYPES: { readonly [ending: string]: string } = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

/** A plain file name, maybe one of the console's: no other slash and no percent sign leads out of the folder. */
const NAME = /^(?:console\/)?\w[\w-]*\.(?<ending>css|js|txt)$/;

/** The files of the pages at `/playground` and `/console`, as they come with the package; undefined for any other name. */
export const createPlaygroundAssets =
  (folder: URL = FOLDER): PlaygroundAssets =>
  async (name) => {
    const contentType = CONTENT_TYPES[NAME.exec(name)?.groups?.['ending'] ?? ''];
    if (!contentType) return undefined;
    try {
      return { body: await readFile(new URL(name.startsWith('console/') ? `../${name}` : name, folder)), contentType };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  };
