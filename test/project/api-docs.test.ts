import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Every page of a folder, by its path. */
const readPages = async (folder: string): Promise<{ readonly [path: string]: string }> => {
  const paths = await readdir(folder, { recursive: true });
  const pages = paths.filter((path) => path.endsWith('.md')).sort();
  return Object.fromEntries(
    await Promise.all(pages.map(async (path) => [path, await readFile(join(folder, path), 'utf8')])),
  );
};

it('docs/api is what the sources say', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'api-docs-'));
  try {
    const typedoc = join(ROOT, 'node_modules/typedoc/bin/typedoc');
    const config = join(ROOT, 'tools/api-docs/typedoc.config.js');
    await run(process.execPath, [typedoc, '--options', config, '--out', folder]);
    const pages = await readPages(folder);
    expect(Object.keys(pages)).toContain('parse-users-emulator/node.md');
    expect(Object.values(pages).join('\n')).not.toMatch(/\]\((?:\w+:|\/)/); // links lead to no host, and to no place of a machine
    expect(await readPages(join(ROOT, 'docs/api')), '`npm run docs` renews it').toEqual(pages);
  } finally {
    await rm(folder, { recursive: true });
  }
});
