import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const bytesIn = async (folder) => {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return bytesIn(path);
      return entry.isFile() ? stat(path).then(({ size }) => size) : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** What an install of the packed package brings: megabytes and packages, without msw. Takes the package registry. */
export const install = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-install-'));
  try {
    const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: PROJECT });
    const [{ filename }] = JSON.parse(stdout);
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    await run('npm', ['install', '--no-audit', '--no-fund', join(folder, filename)], { cwd: folder });
    const listed = await run('npm', ['ls', '--all', '--parseable'], { cwd: folder });
    const packages = new Set(listed.stdout.trim().split('\n').slice(1)).size;
    const megabytes = (await bytesIn(join(folder, 'node_modules'))) / 1e6;
    return [
      { name: 'installed without msw', value: megabytes, unit: 'MB', most: 15 },
      { name: 'packages installed without msw', value: packages, unit: '', most: 45 },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
