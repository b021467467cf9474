import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deadLinks } from '../project/links.ts';
import { type Consumer, folderOf, installPackage, readManifest } from '../support/consumer.ts';

const run = promisify(execFile);

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
});

afterAll(() => consumer?.[Symbol.asyncDispose]());

const filesIn = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
};

const sizeOf = async (folder: string): Promise<number> => {
  const sizes = (await filesIn(folder)).map(async (path) => (await stat(join(folder, path))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

/** The names that a built file imports. */
const importsOf = async (path: string): Promise<string[]> => {
  const text = await readFile(join(consumer.installed, path), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
};

const runModule = async (text: string): Promise<string> => {
  await writeFile(join(consumer.folder, 'program.mjs'), text);
  const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: consumer.folder });
  return stdout.trim();
};

describe('the packed package', () => {
  it('holds the build, the command, fixtures and papers, and nothing else', async () => {
    const files = await filesIn(consumer.installed);
    const tops = new Set(files.map((path) => path.split('/')[0]));
    expect([...tops].sort()).toEqual(
      [
        'CHANGELOG.md',
        'CONTRIBUTING.md',
        'LICENSE',
        'README.md',
        'bin',
        'dist',
        'docs',
        'fixtures',
        'package.json',
      ].sort(),
    );
    expect(files).toContain('dist/THIRD-PARTY-NOTICES.txt');
    expect(files.filter((path) => /\.(test|map|ts)$/.test(path) && !path.endsWith('.d.ts'))).toEqual([]);
  });

  it('has papers whose links lead to what it holds', async () => {
    const files = await filesIn(consumer.installed);
    const pages = files.filter((path) => path.endsWith('.md'));
    const texts = pages.map(async (path) => [path, await readFile(join(consumer.installed, path), 'utf8')]);
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/api/README.md']));
    const has = (path: string): boolean => files.some((file) => file === path || file.startsWith(`${path}/`));
    expect(deadLinks(Object.fromEntries(await Promise.all(texts)), has)).toEqual([]);
  });

  it('is as publint wants it', async () => {
    const { messages } = await publint({ pkgDir: consumer.installed, strict: true, pack: false });
    expect(messages).toEqual([]);
  });

  it('has types that every modern resolution finds', async () => {
    const attw = join(folderOf('@arethetypeswrong/cli'), 'dist/index.js');
    const attwRun = run(process.execPath, [attw, consumer.tarball, '--profile', 'esm-only', '--no-color']);
    await expect(attwRun).resolves.toBeTruthy();
  });

  it('has a command and a worker that need nothing beside them', async () => {
    const names = [...(await importsOf('dist/cli.js')), ...(await importsOf('dist/password-worker.js'))];
    expect(names).toContain('node:worker_threads');
    expect(names.filter((name) => !isBuiltin(name) && !name.startsWith('./'))).toEqual([]);
  });

  it('tells the licence of each package whose code it carries, in full', async () => {
    const papers = (await filesIn(consumer.installed)).filter((path) => path.endsWith('THIRD-PARTY-NOTICES.txt'));
    expect(papers.length).toBeGreaterThan(1);
    for (const path of papers) {
      const [, ...notices] = (await readFile(join(consumer.installed, path), 'utf8')).split(`\n${'-'.repeat(80)}\n\n`);
      expect(notices.length).toBeGreaterThan(3);
      for (const notice of notices)
        expect(notice).toMatch(/copyright[\s\S]*(permission|redistribution|apache license)/i);
    }
  });

  it('installs nothing that it carries, and nothing that no entry imports', async () => {
    const { dependencies = {} } = consumer.manifest;
    const files = (await filesIn(join(consumer.installed, 'dist'))).filter((path) => path.endsWith('.js'));
    const names = new Set((await Promise.all(files.map((path) => importsOf(`dist/${path}`)))).flat());
    const carried = await readFile(join(consumer.installed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of Object.keys(dependencies)) {
      expect([...names]).toContain(name);
      expect(carried).not.toContain(`\n${name} `);
    }
  });

  it('installs small: at most 15 MB and 45 packages without msw', async () => {
    const { dependencies = {} } = consumer.manifest;
    const folders = new Set([consumer.installed]);
    const visit = async (name: string): Promise<void> => {
      if (folders.has(folderOf(name))) return;
      folders.add(folderOf(name));
      const { dependencies: next = {} } = await readManifest(folderOf(name));
      for (const one of Object.keys(next)) await visit(one);
    };
    for (const name of [...Object.keys(dependencies), 'graphql']) await visit(name);
    const sizes = await Promise.all([...folders].map(sizeOf));
    expect(folders.size).toBeLessThanOrEqual(45);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(15 * 1024 ** 2);
  });
});

describe('somebody who installed it', () => {
  it('imports its three entries', async () => {
    const names = await runModule(`
      import * as core from 'parse-users-emulator';
      import * as msw from 'parse-users-emulator/msw';
      import * as node from 'parse-users-emulator/node';
      console.log([core.createEmulator, msw.createHandlers, node.startServer, node.jsonFile].map((one) => typeof one).join());
    `);
    expect(names).toBe('function,function,function,function');
  });

  it('starts a server, whose passwords are hashed beside the main thread', async () => {
    const answer = await runModule(`
      import { startServer } from 'parse-users-emulator/node';
      let workers = 0;
      process.on('worker', () => workers++);
      const { url, close } = await startServer({ port: 0 });
      const response = await fetch(url + '/parse/users', {
        method: 'POST',
        headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
        body: JSON.stringify({ username: 'ann', password: 'secret' }),
      });
      console.log(response.status, workers);
      await close();
    `);
    expect(answer).toBe('201 1');
  });

  it('runs its command', async () => {
    const command = join(consumer.installed, 'bin/parse-users-emulator.js');
    const { stdout } = await run(process.execPath, [command, '--version']);
    expect(stdout.trim()).toBe(consumer.manifest.version);
  });
});

it('the lock file names no registry', async () => {
  const lock = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8');
  expect(lock).not.toContain('"resolved"');
});
