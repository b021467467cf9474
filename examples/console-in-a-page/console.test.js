import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const FOLDER = new URL('built/', import.meta.url);

after(() => rm(FOLDER, { recursive: true, force: true }));

test('the console is loaded when it is opened, and not with the page', async () => {
  const outDir = fileURLToPath(FOLDER);
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'silent',
    build: { outDir, emptyOutDir: true, target: 'es2023' },
  });
  const page = await readFile(new URL('index.html', FOLDER), 'utf8');
  const [, entry] = /src="\/(assets\/[^"]+\.js)"/.exec(page);
  const script = await readFile(new URL(entry, FOLDER), 'utf8');
  assert.match(script, /Open the console of the emulator/);
  assert.doesNotMatch(script, /pue-shell/);
  const parts = await Promise.all(
    (await readdir(new URL('assets/', FOLDER))).map((name) => readFile(new URL(`assets/${name}`, FOLDER), 'utf8')),
  );
  assert.ok(parts.some((part) => part.includes('pue-shell')));
});
