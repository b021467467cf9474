import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, inBrowser } from '../support/browser.ts';
import { type Manifest, pack, readManifest } from '../support/consumer.ts';
import { freshEnvironment, installWorkspaces, runToTheEnd, trackedFiles } from '../support/workspace.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

const names = (await trackedFiles(EXAMPLES)).flatMap((path) => /^([^/]+)\/package\.json$/.exec(path)?.[1] ?? []);
const examples = await Promise.all(
  names.map(async (name) => ({ name, manifest: await readManifest(join(EXAMPLES, name)) })),
);

const namesOf = ({ dependencies, devDependencies }: Manifest): string[] =>
  Object.keys({ ...dependencies, ...devDependencies });

/** The package of an import's specifier; undefined for a file of the example's own and for a module of Node's. */
const packageOf = (specifier: string): string | undefined =>
  /^(\.|\/|node:|virtual:)/.test(specifier) ? undefined : /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];

/** The packages that an example's sources import. */
const importedBy = async (name: string): Promise<Set<string>> => {
  const sources = (await trackedFiles(join(EXAMPLES, name))).filter((path) => /\.[cm]?[jt]sx?$/.test(path));
  const texts = await Promise.all(sources.map((path) => readFile(join(EXAMPLES, name, path), 'utf8')));
  const specifiers = texts.flatMap((text) => ts.preProcessFile(text, true, true).importedFiles);
  return new Set(specifiers.flatMap(({ fileName }) => packageOf(fileName) ?? []));
};

const chromium = findChromium();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
  await mkdir(join(folder, 'tmp'));
  const projects = examples.map(({ name }) => join(EXAMPLES, name));
  await installWorkspaces(folder, projects, await pack(folder));
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.concurrent('the examples, from the packed package', { timeout: 90_000 }, () => {
  for (const { name, manifest } of examples) {
    const browser = namesOf(manifest).includes('playwright-core');
    it.skipIf(browser && !chromium)(browser ? inBrowser(name) : name, async ({ signal }) => {
      const env = freshEnvironment({
        CI: 'true',
        TMPDIR: join(folder, 'tmp'), // such as Jest's cache
        ...(chromium && { CHROMIUM_PATH: chromium }),
      });
      await runToTheEnd('npm', ['test'], { cwd: join(folder, name), env, signal });
    });
  }
});

describe('each example', () => {
  it('is a project of its own, which names the package and has a page that tells of it', async () => {
    expect(examples).not.toEqual([]);
    const list = await readFile(join(EXAMPLES, 'README.md'), 'utf8');
    for (const { name, manifest } of examples) {
      expect(namesOf(manifest), name).toContain('parse-users-emulator');
      expect(await readFile(join(EXAMPLES, name, 'README.md'), 'utf8'), name).toMatch(/^# /);
      expect(list).toContain(`[${name}](${name})`);
    }
  });

  it('names all that it imports: beside the others it would find what they have installed', async () => {
    for (const { name, manifest } of examples) {
      const imported = await importedBy(name);
      expect(
        [...imported].filter((one) => !namesOf(manifest).includes(one)),
        name,
      ).toEqual([]);
    }
  });
});
