import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../hosts/browser.ts';
import { pack } from '../package/consumer.ts';
import { freshEnvironment, installWorkspaces, runToTheEnd } from '../package/workspace.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

const examples = (await readdir(EXAMPLES, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => name !== 'node_modules');

const manifestOf = async (name: string): Promise<{ readonly [group: string]: { readonly [name: string]: string } }> =>
  JSON.parse(await readFile(join(EXAMPLES, name, 'package.json'), 'utf8'));

const wantsBrowser = async (name: string): Promise<boolean> => {
  const { dependencies, devDependencies } = await manifestOf(name);
  return Object.keys({ ...dependencies, ...devDependencies }).some((one) => one.includes('playwright'));
};

const chromium = findChromium();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
  await installWorkspaces(
    folder,
    examples.map((name) => join(EXAMPLES, name)),
    await pack(folder),
  );
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.concurrent('the examples, from the packed package', () => {
  for (const name of examples) {
    it(name, { timeout: 90_000 }, async ({ skip }) => {
      if ((await wantsBrowser(name)) && !chromium) skip('no Chromium was found; set CHROMIUM_PATH');
      const env = freshEnvironment({ CI: 'true', ...(chromium && { CHROMIUM_PATH: chromium }) });
      await runToTheEnd('npm', ['test'], { cwd: join(folder, name), env });
    });
  }

  it('each names the package, and has a page that tells of it', async () => {
    expect(examples).not.toEqual([]);
    for (const name of examples) {
      const { dependencies, devDependencies } = await manifestOf(name);
      expect({ ...dependencies, ...devDependencies }).toHaveProperty('parse-users-emulator');
      expect(await readFile(join(EXAMPLES, name, 'README.md'), 'utf8')).toMatch(/^# /);
    }
  });
});
