import { chmod, cp, lstat, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toJson, toLines } from '../../../src/node/data-file/journal/lines.ts';
import { type JsonFile, jsonFile } from '../../../src/node/data-file/json-file.ts';
import type { JsonObject } from '../../../src/parse/record.ts';
import type { Change, Snapshot } from '../../../src/store/persistence.ts';
import { eventually, turns } from '../../support/eventually.ts';
import { newFolder } from '../../support/folder.ts';

const user = (objectId: string, rest = {}): JsonObject => ({
  objectId,
  username: `name-${objectId}`,
  ...rest,
});
const put = (objectId: string, rest = {}): Change => ({ className: '_User', objectId, record: user(objectId, rest) });
const ids = (snapshot: Snapshot | null): unknown[] => (snapshot?.['_User'] ?? []).map(({ objectId }) => objectId);

const open = (path: string): { file: JsonFile; warnings: string[] } => {
  const warnings: string[] = [];
  const file = jsonFile(path, { warn: (sentence) => warnings.push(sentence) });
  onTestFinished(() => file.close());
  return { file, warnings };
};

/** What tells one moment of a folder from another: a fold puts a new file in the old one's place. */
const momentOf = async (folder: string): Promise<string> => {
  const names = (await readdir(folder)).sort();
  const stats = await Promise.all(names.map((name) => stat(join(folder, name), { bigint: true })));
  return names.map((name, at) => `${name} ${stats[at]?.ino} ${stats[at]?.size} ${stats[at]?.mtimeNs}`).join();
};

/** Copies the files of one moment: a copy that a fold went through is of two, and made again. */
const copyOneMoment = async (folder: string, copy: string): Promise<void> => {
  const before = await momentOf(folder).catch(() => undefined);
  await rm(copy, { recursive: true });
  const isWhole = await cp(folder, copy, { recursive: true }).then(
    async () => before === (await momentOf(folder).catch(() => 'gone')),
    () => false,
  );
  if (!isWhole) await copyOneMoment(folder, copy);
};

/** What a killed process leaves: the files as they are now, in another folder, without the lock. */
const leaveBehind = async (folder: string): Promise<string> => {
  const copy = await newFolder();
  await copyOneMoment(folder, copy);
  await rm(join(copy, 'users.json.lock'), { force: true });
  return join(copy, 'users.json');
};

const crashed = async (base: Snapshot | null, ...changes: Change[][]): Promise<string> => {
  const folder = await newFolder();
  const path = join(folder, 'users.json');
  if (base) await writeFile(path, JSON.stringify(base));
  const { file } = open(path);
  await file.read();
  for (const commit of changes) await file.append(commit);
  return leaveBehind(folder);
};

describe('jsonFile', () => {
  it('has nothing before the first commit, and leaves no file then', async () => {
    const folder = await newFolder();
    const { file } = open(join(folder, 'users.json'));
    expect(await file.read()).toBeNull();
    await file.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves a file that a person reads, and nothing beside it', async () => {
    const folder = await newFolder();
    const path = join(folder, 'users.json');
    const { file } = open(path);
    await file.read();
    await file.append([
      put('a', { tags: ['x', { y: 1 }], none: [] }),
      { className: 'Todo', objectId: 't', record: { objectId: 't' } },
    ]);
    await file.append([
      { className: '_SCHEMA', objectId: 'Todo', record: { objectId: 'Todo', className: 'Todo', fields: {} } },
    ]);
    await file.append([
      { className: '_Join:users:_Role', objectId: 'r:a', record: { objectId: 'r:a', owningId: 'r', relatedId: 'a' } },
    ]);
    await file.close();
    expect(await readdir(folder)).toEqual(['users.json']);
    const expected = {
      schemas: [{ className: 'Todo', fields: {} }],
      _User: [user('a', { tags: ['x', { y: 1 }], none: [] })],
      Todo: [{ objectId: 't' }],
      '_Join:users:_Role': [{ owningId: 'r', relatedId: 'a' }],
    };
    expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify(expected, null, 2)}\n`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await open(path).file.read()).toEqual(expected);
  });

  it('has a commit in the journal before it resolves, for its owner only', async () => {
    const folder = await newFolder();
    const { file } = open(join(folder, 'users.json'));
    await file.read();
    await file.append([put('a'), put('b')]);
    const lines = (await readFile(join(folder, 'users.json.journal'), 'utf8')).split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(toJson(lines[1] ?? ''))).toEqual([
      ['_User', 'a', user('a')],
      ['_User', 'b', user('b')],
    ]);
    expect((await stat(join(folder, 'users.json.journal'))).mode & 0o777).toBe(0o600);
  });

  it('folds the journal into the file when nothing is written for a second', async () => {
    const folder = await newFolder();
    const { file } = open(join(folder, 'users.json'));
    await file.read();
    await file.append([put('a')]);
    await eventually(async () =>
      expect(ids(JSON.parse(await readFile(join(folder, 'users.json'), 'utf8')))).toEqual(['a']),
    );
    await eventually(async () => expect((await stat(join(folder, 'users.json.journal'))).size).toBe(0));
    await file.append([put('b')]);
    expect(ids(await open(await leaveBehind(folder)).file.read())).toEqual(['a', 'b']);
  });

  it('folds a journal that has outgrown the file while commits go on, and loses none', async () => {
    const folder = await newFolder();
    const { file } = open(join(folder, 'users.json'));
    await file.read();
    const large = 'x'.repeat(20_000);
    const objectIds = Array.from({ length: 300 }, (_, i) => `u${i}`);
    for (let i = 0; i < 300; i += 3)
      await Promise.all(objectIds.slice(i, i + 3).map((id) => file.append([put(id, { large })])));
    expect((await stat(join(folder, 'users.json'))).size).toBeGreaterThan(1_000_000);
    expect((await stat(join(folder, 'users.json.journal'))).size).toBeLessThan(5_500_000);
    expect(ids(await open(await leaveBehind(folder)).file.read())).toEqual(objectIds);
  });

  it('keeps deletions and the last of several values', async () => {
    const path = await crashed(
      { _User: [user('a'), user('b')] },
      [put('c'), put('a', { n: 1 })],
      [{ className: '_User', objectId: 'b', record: null }],
    );
    expect(await open(path).file.read()).toEqual({ _User: [user('a', { n: 1 }), user('c')] });
  });

  it('puts a replacement in place of all', async () => {
    const folder = await newFolder();
    const { file } = open(join(folder, 'users.json'));
    await file.read();
    await file.append([put('a')]);
    await file.replace({ _User: [user('z')] });
    await file.append([put('y')]);
    expect(ids(await open(await leaveBehind(folder)).file.read())).toEqual(['z', 'y']);
    await file.replace({});
    expect(await readFile(join(folder, 'users.json'), 'utf8')).toBe('{}\n');
    expect(await open(await leaveBehind(folder)).file.read()).toEqual({});
  });

  it('writes through a symbolic link', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'real.json'), '{}');
    await symlink('real.json', join(folder, 'users.json'));
    const { file } = open(join(folder, 'users.json'));
    await file.read();
    await file.append([put('a')]);
    await file.close();
    expect((await lstat(join(folder, 'users.json'))).isSymbolicLink()).toBe(true);
    expect(ids(JSON.parse(await readFile(join(folder, 'real.json'), 'utf8')))).toEqual(['a']);
  });

  it('closes the eyes of others on a file that they could read', async () => {
    const folder = await newFolder();
    const path = join(folder, 'users.json');
    await writeFile(path, '{}');
    await chmod(path, 0o644);
    const { file } = open(path);
    await file.read();
    await file.append([put('a')]);
    await file.close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('refuses commits before it was read and after it was closed', async () => {
    const { file } = open(join(await newFolder(), 'users.json'));
    await expect(file.append([put('a')])).rejects.toThrow('it was not read before, or is closed');
    await file.read();
    await file.close();
    await expect(file.append([put('a')])).rejects.toThrow('it was not read before, or is closed');
  });
});

describe('jsonFile after a crash', () => {
  it('applies nothing twice when the file was folded and the journal not yet emptied', async () => {
    const path = await crashed(
      { _User: [user('a')] },
      [put('b')],
      [{ className: '_User', objectId: 'a', record: null }],
    );
    const journal = await readFile(`${path}.journal`, 'utf8');
    const { file } = open(path);
    await file.read();
    await file.close();
    const { createHash } = await import('node:crypto');
    const into = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    const jsons = [JSON.stringify([['_User', 'c', user('c')]]), JSON.stringify({ into, entries: 2 })];
    const { text } = toLines([...journal.trimEnd().split('\n').map(toJson), ...jsons], 0);
    await writeFile(`${path}.journal`, text);
    expect(ids(await open(path).file.read())).toEqual(['b', 'c']);
  });

  it('keeps an edit by hand and applies the journal on top of it', async () => {
    const base = { _User: [user('a'), user('b'), user('c')] };
    const path = await crashed(base, [put('d')], [put('b', { email: 'new@b.example' })]);
    await writeFile(path, JSON.stringify({ _User: [user('a', { email: 'hand@a.example' }), user('b')] }, null, 4));
    const { file, warnings } = open(path);
    const expected = {
      _User: [user('a', { email: 'hand@a.example' }), user('b', { email: 'new@b.example' }), user('d')],
    };
    expect(await file.read()).toEqual(expected);
    expect(warnings).toEqual([expect.stringContaining('was edited after a crash; the 2 commits of its journal')]);
    await file.close();
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(expected);
  });

  it('applies the journal to an older version of the file that was brought back', async () => {
    const path = await crashed({ _User: [user('a'), user('b', { n: 2 })] }, [put('c')], [put('a', { n: 3 })]);
    await writeFile(path, JSON.stringify({ _User: [user('a', { n: 1 }), user('b', { n: 1 })] }));
    const { file, warnings } = open(path);
    expect(await file.read()).toEqual({ _User: [user('a', { n: 3 }), user('b', { n: 1 }), user('c')] });
    expect(warnings).toEqual([expect.stringContaining('was edited after a crash; the 2 commits of its journal')]);
  });

  it('reads a file without its journal as it stands', async () => {
    const path = await crashed({ _User: [user('a')] }, [put('b')]);
    await rm(`${path}.journal`);
    const { file, warnings } = open(path);
    expect(ids(await file.read())).toEqual(['a']);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['another file stands in its place', JSON.stringify({ _User: [user('x'), user('y')] })],
    ['the file was deleted', undefined],
  ])('sets the journal aside when %s', async (_, text) => {
    const path = await crashed({ _User: [user('a'), user('b')] }, [put('c')]);
    const journal = await readFile(`${path}.journal`, 'utf8');
    await rm(path);
    if (text) await writeFile(path, text);
    const { file, warnings } = open(path);
    expect(ids(await file.read())).toEqual(text ? ['x', 'y'] : []);
    expect(warnings).toEqual([expect.stringContaining('belongs to another data file: it was set aside as')]);
    await file.close();
    const [aside] = (await readdir(join(path, '..'))).filter((name) => name.startsWith('users.json.journal.'));
    expect(await readFile(join(path, '..', aside ?? ''), 'utf8')).toBe(journal);
  });

  it('finds all in a journal whose file was never written', async () => {
    expect(ids(await open(await crashed(null, [put('a')], [put('b')])).file.read())).toEqual(['a', 'b']);
  });
});

describe('a data file that cannot be read', () => {
  it.each([
    ['', 'it is empty. Delete it to begin with no users, or write {} into it'],
    [' \n', 'it is empty. Delete it to begin with no users, or write {} into it'],
    ['{\n  "_User": [\n    { "objectId": "a" },\n  ]\n}', 'line 4, column 3: there is "]" where a value belongs'],
    ['{ "_User": [{ "objectId": "a"', 'line 1, column 30: the text ends where a comma or "}" belongs'],
    ["{ '_User': [] }", `line 1, column 3: there is "'" where a name in double quotes belongs`],
    ['{ "_User": [] } x', 'line 1, column 17: there is "x" where the end belongs'],
    ['{ "_User": [01] }', 'line 1, column 13: there is "01" where a value belongs'],
    ['{ "_User": ["a\tb"] }', 'line 1, column 13: there is "a\tb" where a value belongs'],
    ['[]', 'line 1, column 1: it must hold an object: { "_User": [...] }'],
    ['{ "_User": {} }', 'line 1, column 12: _User must be a list of objects'],
    ['{ "_User": [\n  {}, 3] }', 'line 2, column 7: _User[1] must be an object'],
    ['{ "_User": [{ "objectId": 3 }] }', 'line 1, column 27: _User[0].objectId must be text'],
    [
      '{ "_User": [{ "objectId": "a" },\n { "objectId": "a" }] }',
      'line 2, column 16: _User[1].objectId "a" is also that of _User[0]',
    ],
  ])('%j is refused with the place, and stays as it is', async (text, sentence) => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, text);
    const { file } = open(path);
    await expect(file.read()).rejects.toThrow(`Failed to read ${path}: ${sentence}`);
    await file.close();
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(await readdir(join(path, '..'))).toEqual(['users.json']);
  });

  it('is refused when it is a link that leads to itself', async () => {
    const path = join(await newFolder(), 'users.json');
    await symlink('users.json', path);
    await expect(open(path).file.read()).rejects.toThrow(`Failed to open ${path}: its links lead in a circle`);
  });

  it('is refused when it is a folder, or in none', async () => {
    const folder = await newFolder();
    await expect(open(folder).file.read()).rejects.toThrow(`Failed to read ${folder}: it is a folder`);
    const path = join(folder, 'nowhere', 'users.json');
    await expect(open(path).file.read()).rejects.toThrow(`Failed to open ${path}: its folder does not exist`);
  });

  it('may begin with a byte order mark and hold rows without an id', async () => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, '\uFEFF{ "_User": [{ "username": "a" }, { "username": "b" }] }');
    const { file } = open(path);
    expect(await file.read()).toEqual({ _User: [{ username: 'a' }, { username: 'b' }] });
  });
});

describe('a data file in use', () => {
  const edit = async (path: string, text: string): Promise<void> => {
    const before = Date.now();
    while (Date.now() < before + 2) await turns(1); // a file system may count its times in milliseconds
    await writeFile(path, text);
  };

  it('is never overwritten when a person has edited it', async () => {
    const folder = await newFolder();
    const path = join(folder, 'users.json');
    await writeFile(path, JSON.stringify({ _User: [user('a')] }));
    const { file, warnings } = open(path);
    await file.read();
    const edited = JSON.stringify({ _User: [user('a', { email: 'hand@a.example' })] });
    await edit(path, edited);
    await file.append([put('b')]);
    await file.close();
    expect(warnings).toEqual([expect.stringContaining('it was changed by hand while in use')]);
    expect(await readFile(path, 'utf8')).toBe(edited);
    expect(await open(path).file.read()).toEqual({ _User: [user('a', { email: 'hand@a.example' }), user('b')] });
  });

  it('gives an edit by hand to whoever listens, with what was written since', async () => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, JSON.stringify({ _User: [user('a')] }));
    const { file } = open(path);
    const seen: Snapshot[] = [];
    file.onExternalChange(async (snapshot) => {
      seen.push(snapshot);
      return snapshot;
    });
    await file.read();
    await file.append([put('b')]);
    await edit(path, JSON.stringify({ _User: [user('a', { n: 1 }), user('c')] }));
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toEqual({ _User: [user('a', { n: 1 }), user('c'), user('b')] });
    await file.append([put('d')]);
    await file.close();
    expect(ids(JSON.parse(await readFile(path, 'utf8')))).toEqual(['a', 'c', 'b', 'd']);
  });

  it('goes on with the old state while an edit is broken, and takes it up when it is mended', async () => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, JSON.stringify({ _User: [user('a')] }));
    const { file, warnings } = open(path);
    const seen: Snapshot[] = [];
    file.onExternalChange(async (snapshot) => {
      seen.push(snapshot);
      return snapshot;
    });
    await file.read();
    await edit(path, '{ "_User": [');
    await file.append([put('b')]);
    await eventually(() => expect(warnings).toEqual([expect.stringContaining('line 1, column 13: the text ends')]));
    await edit(path, JSON.stringify({ _User: [user('a'), user('c')] }));
    await file.append([put('d')]);
    await file.close();
    expect(seen).toHaveLength(1);
    expect(ids(JSON.parse(await readFile(path, 'utf8')))).toEqual(['a', 'c', 'b', 'd']);
  });

  it('is the same when it was only touched', async () => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, '{}');
    const { file, warnings } = open(path);
    await file.read();
    await edit(path, '{}');
    await file.append([put('a')]);
    await file.close();
    expect(warnings).toEqual([]);
    expect(ids(JSON.parse(await readFile(path, 'utf8')))).toEqual(['a']);
  });

  it.each([[['users.json']], [['users.json.journal']], [['users.json', 'users.json.journal']]])(
    'is written anew before the next commit is acknowledged when %j is deleted',
    async (names) => {
      const folder = await newFolder();
      const path = join(folder, 'users.json');
      await writeFile(path, JSON.stringify({ _User: [user('a')] }));
      const { file } = open(path);
      await file.read();
      await file.append([put('b')]);
      for (const name of names) await rm(join(folder, name));
      await file.append([put('c')]);
      expect(ids(await open(await leaveBehind(folder)).file.read())).toEqual(['a', 'b', 'c']);
    },
  );

  it('refuses commits while its folder is gone, and goes on when it is back', async () => {
    const folder = join(await newFolder(), 'inner');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(folder);
    const { file } = open(join(folder, 'users.json'));
    await file.read();
    await file.append([put('a')]);
    await rm(folder, { recursive: true });
    await expect(file.append([put('b')])).rejects.toThrow('its folder does not exist');
    await mkdir(folder);
    await file.append([put('c')]);
    expect(ids(await open(await leaveBehind(folder)).file.read())).toEqual(['a', 'c']);
  });
});
