import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../../../src/index.ts';
import { readSeedFile } from '../../../../src/node/command/seeds/seed-file.ts';
import { newFolder } from '../../../support/folder.ts';

/** Writes files into a folder of the test's own, and returns the path of one, or of the folder. */
const write = async (files: { readonly [name: string]: unknown }, name = ''): Promise<string> => {
  const folder = join(await newFolder(), 'export');
  await mkdir(folder);
  for (const [path, content] of Object.entries(files)) {
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return join(folder, name);
};

describe('readSeedFile', () => {
  it.each([
    ['fixtures', 'seed.json', { _User: [{ username: 'a' }] }, { _User: [{ username: 'a' }] }],
    ['an answer of REST', 'Todo.json', { results: [], count: 0 }, { Todo: { results: [], count: 0 } }],
    ['a class of the dashboard', 'schema.json', { className: 'T', fields: {} }, { className: 'T', fields: {} }],
    ['a list', 'Todo.json', [{ title: 'x' }], { Todo: [{ title: 'x' }] }],
    ["the dashboard's list", 'export.json', [{ className: 'Todo' }], [{ className: 'Todo' }]],
    ['a row a line', 'Todo.json', '{"_id":"a"}\n{"_id":"b"}\n', { Todo: [{ _id: 'a' }, { _id: 'b' }] }],
    ['a single line', 'Todo.ndjson', '{"title":"x"}\n', { Todo: [{ title: 'x' }] }],
    ['a single row', 'Todo.json', '{"_id":"a"}\n', { Todo: [{ _id: 'a' }] }],
    [
      'CSV',
      '_User.csv',
      '\uFEFFusername,password,age,active,born,tags,note\r\nann,0123,7,true,2000-02-29T00:00:00Z,"[""x""]","a, ""b"""\r\n007,x,,false,,,8\r\n',
      {
        _User: [
          {
            username: 'ann',
            password: '0123',
            age: 7,
            active: true,
            born: { __type: 'Date', iso: '2000-02-29T00:00:00.000Z' },
            tags: ['x'],
            note: 'a, "b"',
          },
          { username: '007', password: 'x', active: false, note: '8' },
        ],
      },
    ],
  ])('reads %s', async (_what, name, content, expected) => {
    expect(await readSeedFile(await write({ [name]: content }, name))).toEqual(expected);
  });

  it('reads a folder with a file for each class', async () => {
    const folder = await write({
      '_Join\uA789users\uA789_Role.json': { results: [{ owningId: 'rrrrrrrrrr', relatedId: 'uuuuuuuuuu' }] },
      '_Role.json': { results: [{ objectId: 'rrrrrrrrrr', name: 'admin', ACL: {} }] },
      '_User.csv': 'objectId,username\nuuuuuuuuuu,ann\n',
      'notes.txt': 'nothing',
    });
    const emulator = createEmulator();
    await emulator.seed(await readSeedFile(folder));
    expect(emulator.snapshot()).toMatchObject({
      '_Join:users:_Role': [{ owningId: 'rrrrrrrrrr', relatedId: 'uuuuuuuuuu' }],
      _User: [{ username: 'ann' }],
    });
  });

  it.each([
    ['no JSON', { 'a.json': '{"a":1' }, 'a.json', /^Failed to read .*a\.json: line 1, column 7/],
    [
      'a line that is none',
      { 'a.ndjson': '{}\n{' },
      'a.ndjson',
      /^Failed to read .*a\.ndjson: line 2, column 2: the text ends/,
    ],
    ['a CSV with too many cells', { 'a.csv': 'x\n1,2\n' }, 'a.csv', /^Failed to read .*a\.csv: .*line 2/],
    [
      'a name twice',
      { 'a.ndjson': '{}\n{"a":1,"a":2}' },
      'a.ndjson',
      /line 2, column 8: the object has "a" already, before it$/,
    ],
    ['an empty folder', {}, '', /^Failed to read .*export.*: no file in it is JSON or CSV$/],
    [
      'a class twice',
      { 'a.json': { T: [] }, 'b.json': { T: [] } },
      '',
      /b\.json: another file of the folder has T, too$/,
    ],
    ['no file', {}, 'none.json', /^Failed to read .*none\.json: there is no such file$/],
  ])('refuses %s', async (_what, files, name, message) => {
    await expect(readSeedFile(await write(files, name))).rejects.toThrow(message);
  });
});
