import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toLines } from '../../../src/node/data-file/journal/lines.ts';
import { parseJournal } from '../../../src/node/data-file/journal/text.ts';
import { type JsonFile, jsonFile } from '../../../src/node/data-file/json-file.ts';
import type { Change, Snapshot } from '../../../src/store/persistence.ts';
import { newFolder } from '../../support/folder.ts';

const user = (objectId: string) => ({ objectId, username: `name-${objectId}` });
const put = (objectId: string): Change => ({ className: '_User', objectId, record: user(objectId) });
const ids = (snapshot: Snapshot | null): unknown[] => (snapshot?.['_User'] ?? []).map(({ objectId }) => objectId);

type Opened = { readonly file: JsonFile; readonly warnings: string[] };

const open = (path: string, repair = false): Opened => {
  const warnings: string[] = [];
  const file = jsonFile(path, { warn: (message) => warnings.push(message), repair });
  onTestFinished(() => file.close());
  return { file, warnings };
};

/** The bytes of a journal of three commits, which a process has left that was killed. */
const journalOf = async (...names: string[]): Promise<Buffer> => {
  const path = join(await newFolder(), 'users.json');
  const { file } = open(path);
  await file.read();
  for (const name of names) await file.append([put(name)]);
  return readFile(`${path}.journal`);
};

const withJournal = async (bytes: Uint8Array | string): Promise<string> => {
  const path = join(await newFolder(), 'users.json');
  await writeFile(`${path}.journal`, bytes);
  return path;
};

/** What becomes of a journal: the ids that were found, what was warned of, or why it was refused. */
const outcomeOf = async (bytes: Uint8Array): Promise<{ found?: unknown[]; warnings: string[]; refusal?: string }> => {
  const { file, warnings } = open(await withJournal(bytes));
  try {
    const found = ids(await file.read());
    await file.close();
    return { found, warnings };
  } catch (error) {
    return { warnings, refusal: error instanceof Error ? error.message : String(error) };
  }
};

describe('a journal that a crash has cut', () => {
  it('is read up to the commit that was cut, and a warning tells of it', async () => {
    const bytes = await journalOf('a', 'b');
    for (const length of [bytes.length - 1, bytes.length - 20]) {
      const path = await withJournal(bytes.subarray(0, length));
      const { file, warnings } = open(path);
      expect(ids(await file.read())).toEqual(['a']);
      expect(warnings).toEqual([
        expect.stringMatching(/journal: line 3 is not whole: a crash has cut it. Its \d+ bytes/),
      ]);
      await file.append([put('c')]);
      await file.close();
      expect(ids(await open(path).file.read())).toEqual(['a', 'c']);
    }
  });

  it('begins with nothing when not even its first line is whole, and says so', async () => {
    const { found, warnings } = await outcomeOf((await journalOf('a')).subarray(0, 12));
    expect(found).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('line 1 is not whole')]);
  });

  it('may end in zeros, where the file system made room for what never came', async () => {
    const { found, warnings } = await outcomeOf(Buffer.concat([await journalOf('a', 'b'), Buffer.alloc(4096)]));
    expect(found).toEqual(['a', 'b']);
    expect(warnings).toEqual([expect.stringContaining('Its 4096 bytes were left out')]);
  });

  it('is cut at each of its lengths, and what stands before is read', { timeout: 60_000 }, async () => {
    const bytes = await journalOf('a', 'b', 'c');
    const ends = Array.from(bytes.keys()).filter((at) => bytes[at] === 10);
    for (let length = 0; length < bytes.length; length += 1) {
      const whole = ends.filter((end) => end < length).length;
      const { found, warnings } = await outcomeOf(bytes.subarray(0, length));
      expect([length, found]).toEqual([length, ['a', 'b', 'c'].slice(0, Math.max(0, whole - 1))]);
      const isBetween = length === 0 || bytes[length - 1] === 10;
      expect([length, warnings.length]).toEqual([length, isBetween ? 0 : 1]);
    }
  });
});

describe('a journal that is damaged', () => {
  it('is never read as something else: each byte of it, changed, is found', { timeout: 60_000 }, async () => {
    const bytes = await journalOf('a', 'b', 'c');
    for (const at of bytes.keys()) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 0xff;
      const { found, refusal = '', warnings } = await outcomeOf(flipped);
      const isNamed = /journal: line \d: /.test(refusal) || warnings.some((one) => /line \d is not whole/.test(one));
      const isSame = found?.join() === 'a,b,c' && warnings.length === 0;
      expect([at, refusal, isSame || isNamed]).toEqual([at, refusal, true]);
    }
  });

  it('has no byte that may become another one', async () => {
    const bytes = await journalOf('a', 'b', 'c');
    const { entries } = parseJournal(bytes);
    expect(entries).toHaveLength(3);
    for (const at of bytes.keys()) {
      for (let other = 0; other < 256; other += 1) {
        const changed = Buffer.from(bytes);
        changed[at] = other;
        const found = parseJournal(changed);
        if (found.rest) expect(entries.slice(0, found.entries.length)).toEqual(found.entries);
        else expect(other).toBe(bytes[at]);
      }
    }
  });

  it.each([
    ['there twice', (lines: string[]) => [...lines, lines.at(-1) ?? ''], 'line 5: its checksum does not match'],
    [
      'missing',
      (lines: string[]) => lines.filter((_line, index) => index !== 2),
      'line 3: its checksum does not match',
    ],
    ['moved', ([one, two, ...rest]: string[]) => [one, rest[0], two, rest[1]], 'line 2: its checksum does not match'],
    [
      'whole but for its last byte',
      (lines: string[]) => [...lines.slice(0, 3), `${lines[3]}x`.slice(0, -2).concat('x\n')],
      'line 4: ',
    ],
  ])('is refused when a line is %s', async (_, change, message) => {
    const lines = (await journalOf('a', 'b', 'c')).toString().split(/(?<=\n)/);
    const { refusal } = await outcomeOf(Buffer.from(change(lines).join('')));
    expect(refusal).toContain(message);
  });

  it('says how many commits stand before the damage, and how to keep them', async () => {
    const text = (await journalOf('a', 'b', 'c')).toString();
    const refusals = ['name-a', 'name-b', 'name-c'].map((name) => outcomeOf(Buffer.from(text.replace(name, 'NAME'))));
    expect((await Promise.all(refusals)).map(({ refusal }) => refusal?.replace(/^.*users.json./, ''))).toEqual([
      'journal: line 2: its checksum does not match. No commit stands before it: start with --repair to set the journal aside and begin without it',
      'journal: line 3: its checksum does not match. The commit before it is whole: start with --repair to keep it and set the rest aside',
      'journal: line 4: its checksum does not match. The 2 commits before it are whole: start with --repair to keep them and set the rest aside',
    ]);
  });

  it('is repaired when that is asked for: what stands before the damage is kept, the rest is set aside', async () => {
    const text = (await journalOf('a', 'b', 'c')).toString();
    const path = await withJournal(text.replace('name-b', 'NAME-b'));
    await expect(open(path).file.read()).rejects.toThrow('line 3: ');
    expect(await readFile(`${path}.journal`, 'utf8')).toContain('NAME-b');

    const { file, warnings } = open(path, true);
    expect(ids(await file.read())).toEqual(['a']);
    expect(warnings).toEqual([
      expect.stringContaining('What stands before it was kept (1 commit); the rest was set aside as'),
    ]);
    await file.append([put('d')]);
    await file.close();
    expect(ids(await open(path).file.read())).toEqual(['a', 'd']);
    const [aside = ''] = (await readdir(join(path, '..'))).filter((name) => name.startsWith('users.json.journal.'));
    const rest = text.slice(text.indexOf('name-b')).replace('name-b', 'NAME-b');
    expect((await readFile(join(path, '..', aside), 'utf8')).endsWith(rest)).toBe(true);
  });

  it('is set aside as a whole where its first line is damaged', async () => {
    const path = await withJournal((await journalOf('a')).toString().replace('base', 'BASE'));
    await writeFile(path, JSON.stringify({ _User: [user('x')] }));
    await expect(open(path).file.read()).rejects.toThrow(
      'line 1: its checksum does not match. No commit stands before it',
    );
    expect(ids(await open(path, true).file.read())).toEqual(['x']);
  });

  it('is left alone by a repair when it is whole', async () => {
    const { file, warnings } = open(await withJournal(await journalOf('a')), true);
    expect(ids(await file.read())).toEqual(['a']);
    expect(warnings).toEqual([]);
  });
});

describe('a journal of an earlier version, without checksums', () => {
  const jsons = [JSON.stringify({ journal: 1, base: null, marks: [] }), JSON.stringify([['_User', 'a', user('a')]])];
  const { text } = toLines(jsons, undefined);

  it('is read and folded into the file, and the next one has them', async () => {
    const path = await withJournal(text);
    const { file, warnings } = open(path);
    expect(ids(await file.read())).toEqual(['a']);
    expect(ids(JSON.parse(await readFile(path, 'utf8')))).toEqual(['a']);
    await file.append([put('b')]);
    expect((await readFile(`${path}.journal`, 'utf8')).startsWith('{"journal":2,')).toBe(true);
    await file.close();
    expect(ids(await open(path).file.read())).toEqual(['a', 'b']);
    expect(warnings).toEqual([]);
  });

  it('tells a last line that was cut from one that is whole and cannot be read', async () => {
    const cut = await withJournal(text.slice(0, -4));
    const { file, warnings } = open(cut);
    expect(ids(await file.read())).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('line 2 is not whole')]);
    await appendFile(cut, '');
    await expect(open(await withJournal(text.replace(']]', ''))).file.read()).rejects.toThrow('line 2: it is not JSON');
  });
});
