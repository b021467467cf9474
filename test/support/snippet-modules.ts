import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vitest/config';
import { readSnippets, toModule } from '../project/snippets.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Where they would stand: bare names are found from there. */
const FOLDER = `${ROOT}.snippets/`;

/** The name by which a test imports a block of code: its page and its line. */
export const snippetModule = (page: string, line: number, language: string): string =>
  `${FOLDER}${page}.${line}.${language}`;

/** Makes a module of each block of code in the pages. None is a file: they are imported by `snippetModule`. */
export const snippetModules = (): Plugin => ({
  name: 'snippet-modules',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith(FOLDER) ? id : undefined),
  load(id) {
    if (!id.startsWith(FOLDER)) return undefined;
    const [, page = '', line = ''] = /^(.+)\.(\d+)\.\w+$/.exec(id.slice(FOLDER.length)) ?? [];
    const snippet = readSnippets(page).find((one) => one.line === Number(line));
    if (!snippet) throw new Error(`Failed to find the block of code at ${page}:${line}`);
    // each block has a set-up of its own
    return toModule(snippet, (setUp) => `${ROOT}test/project/set-ups/${setUp}.ts?${page.replace(/\W/g, '-')}-${line}`);
  },
});
