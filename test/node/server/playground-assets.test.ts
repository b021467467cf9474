import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createPlaygroundAssets } from '../../../src/node/server/playground-assets.ts';
import { newFolder } from '../../support/folder.ts';

const create = async () => {
  const parent = await newFolder();
  const folder = join(parent, 'playground');
  await mkdir(join(folder, 'inner'), { recursive: true });
  await writeFile(join(parent, 'secret.js'), 'secret');
  await writeFile(join(folder, 'inner/file.js'), 'inner');
  await writeFile(join(folder, 'playground.js'), 'run()');
  await writeFile(join(folder, 'playground.css'), 'a {}');
  await writeFile(join(folder, 'users.json'), '{}');
  return createPlaygroundAssets(pathToFileURL(`${folder}/`));
};

it.each([
  ['playground.js', 'run()', 'text/javascript; charset=utf-8'],
  ['playground.css', 'a {}', 'text/css; charset=utf-8'],
])('reads %s', async (name, text, contentType) => {
  const asset = await (await create())(name);
  expect(asset?.contentType).toBe(contentType);
  expect(new TextDecoder().decode(asset?.body)).toBe(text);
});

it.each([
  'missing.js',
  'users.json',
  '',
  '.js',
  'inner/file.js',
  '../secret.js',
  '..%2fsecret.js',
  '..\\secret.js',
  '/etc/passwd',
  'file:///etc/passwd.txt',
  'playground.js\0.css',
  'playground.js?x.css',
])('has no %j', async (name) => {
  expect(await (await create())(name)).toBeUndefined();
});

it('has nothing before the playground was built', async () => {
  const assets = createPlaygroundAssets(pathToFileURL(`${await newFolder()}/none/`));
  expect(await assets('playground.js')).toBeUndefined();
});
