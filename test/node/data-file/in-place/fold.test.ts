import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { foldInPlace, mendGap } from '../../../../src/node/data-file/in-place/fold.ts';
import { GappedFile, notesOf } from '../../../../src/node/data-file/in-place/gapped-file.ts';
import { type JsonFile, jsonFile } from '../../../../src/node/data-file/json-file.ts';
import { readSnapshotFile } from '../../../../src/node/data-file/snapshot-file.ts';
import type { Change, Snapshot } from '../../../../src/store/persistence.ts';
import { mayMount, newDisk } from '../../../support/disk.ts';
import { newFolder } from '../../../support/folder.ts';

type Row = { objectId: string; version: number; filler: string };

const rowOf = (objectId: string, version: number, size: number): Row => ({
  objectId,
  version,
  filler: 'x'.repeat(size),
});

const put = (objectId: string, version: number, size: number): Change => ({
  className: '_User',
  objectId,
  record: rowOf(objectId, version, size),
});

const textOf = (snapshot: Snapshot): string => `${JSON.stringify(snapshot, null, 2)}\n`;

const open = (path: string): { file: JsonFile; warnings: string[] } => {
  const warnings: string[] = [];
  const file = jsonFile(path, { warn: (message) => warnings.push(message) });
  onTestFinished(() => file.close());
  return { file, warnings };
};

const versionsOf = (snapshot: Snapshot | null): unknown[] =>
  (snapshot?.['_User'] ?? []).map(({ objectId, version }) => [objectId, version]);

/** Leaves no byte free on a disk. */
const fillUp = async (folder: string): Promise<void> => {
  for (const size of [4096, 1])
    for (let n = 0, isFull = false; !isFull; n += 1)
      isFull = await writeFile(join(folder, `ballast-${size}-${n}`), 'x'.repeat(size)).then(
        () => false,
        () => true,
      );
};

/** A data file of 200 kB on a disk that has no room for two of them. */
const USERS = 50;
const onSmallDisk = async (): Promise<{ folder: string; path: string }> => {
  const folder = await newDisk('384k');
  const path = join(folder, 'users.json');
  await writeFile(path, textOf({ _User: Array.from({ length: USERS }, (_, n) => rowOf(`u${n}`, 0, 4000)) }));
  return { folder, path };
};

describe.runIf(mayMount)('a data file on a disk that is too small for a second copy of it', () => {
  it('is folded where it stands, and takes writes for good', async () => {
    const { folder, path } = await onSmallDisk();
    const { file } = open(path);
    await file.read();
    for (let version = 1; version <= 400; version += 1) await file.append([put(`u${version % USERS}`, version, 4000)]);
    await file.close();
    expect(await readdir(folder)).toEqual(['users.json']);
    const found = await readSnapshotFile(path);
    expect(versionsOf(found?.snapshot ?? null)).toEqual(
      Array.from({ length: USERS }, (_, n) => [`u${n}`, n === 0 ? 400 : 350 + n]),
    );
  });

  it('takes writes, and is folded, also when others have filled the disk to the last byte', async () => {
    const { folder, path } = await onSmallDisk();
    const { file } = open(path);
    await file.read();
    for (let version = 1; version <= 5; version += 1) await file.append([put(`u${version}`, version, 4000)]);
    await fillUp(folder);
    for (let version = 6; version <= 60; version += 1) await file.append([put(`u${version % USERS}`, version, 4000)]);
    await file.close();
    expect((await readdir(folder)).filter((name) => name.startsWith('users'))).toEqual(['users.json']);
    expect(versionsOf((await readSnapshotFile(path))?.snapshot ?? null)).toContainEqual(['u10', 60]);
  });

  it('refuses what there is no room for, loses nothing, and goes on when there is', async () => {
    const { folder, path } = await onSmallDisk();
    const { file } = open(path);
    await file.read();
    const kept: string[] = [];
    let refused = 0;
    for (let n = 0; refused < 3; n += 1) {
      await file.append([put(`new${n}`, n, 9000)]).then(
        () => kept.push(`new${n}`),
        () => (refused += 1),
      );
    }
    await file.append([{ className: '_User', objectId: 'u1', record: null }]).catch(() => undefined);
    await file.close();
    const ids = versionsOf(await open(path).file.read()).map((row) => (row as string[])[0]);
    expect(ids.filter((id) => id?.startsWith('new'))).toEqual(kept);
    expect((await readdir(folder)).filter((name) => name.endsWith('.gap') || name.endsWith('.tmp'))).toEqual([]);
  });

  it('is replaced by what differs, and reset', async () => {
    const { path } = await onSmallDisk();
    const { file } = open(path);
    await file.read();
    await file.append([put('u1', 1, 4000), put('late', 1, 10)]);
    await file.replace({ _User: Array.from({ length: USERS }, (_, n) => rowOf(`u${n}`, 0, 4000)) });
    await file.append([put('u2', 2, 4000)]);
    await file.close();
    const found = versionsOf((await readSnapshotFile(path))?.snapshot ?? null);
    expect(found).toEqual(Array.from({ length: USERS }, (_, n) => [`u${n}`, n === 2 ? 2 : 0]));
  });
});

/** What a file of one text becomes, with what it said about it on the way. */
const fold = async (
  before: string,
  snapshot: Snapshot,
): Promise<{ text: string; isDone: boolean; names: string[] }> => {
  const folder = await newFolder();
  const path = join(folder, 'users.json');
  await writeFile(path, before);
  const base = (await readSnapshotFile(path))?.fingerprint ?? null;
  const done = await foldInPlace(path, base, snapshot, async () => undefined);
  return { text: await readFile(path, 'utf8'), isDone: done !== undefined, names: await readdir(folder) };
};

const A = { objectId: 'a', text: 'ä "quoted" \\ }]' };
const B = { objectId: 'b', list: [{ deep: [1, {}] }, '}'] };
const C = { objectId: 'c', text: 'x'.repeat(5000) };

describe('foldInPlace', () => {
  const layouts = [
    textOf({ schemas: [{ className: 'Note' }], _User: [A, B], Note: [C, B] }),
    JSON.stringify({ _User: [A, B], Note: [C, B], schemas: [{ className: 'Note' }] }),
    `\uFEFF${JSON.stringify({ Empty: [], Note: [B, C], _User: [B, A] }, null, '\t')}  `,
    '{ }',
  ];
  const outcomes: Snapshot[] = [
    { schemas: [{ className: 'Note' }], _User: [A, B], Note: [C, B] },
    { schemas: [{ className: 'Note', fields: {} }], _User: [{ ...A, text: C.text }, B], Note: [C, A, B] },
    { Other: [A, B, C], Empty: [A], _User: [B], Note: [C] },
    { _User: [C, A], Note: [A] },
    {},
  ];

  it('makes the text of any snapshot out of any other, however that is laid out', async () => {
    for (const before of layouts) {
      for (const snapshot of outcomes) {
        const { text, isDone, names } = await fold(before, snapshot);
        expect([text, isDone, names]).toEqual([textOf(snapshot), true, ['users.json']]);
      }
    }
  });

  it('does nothing where rows cannot be told apart', async () => {
    const before = '{ "_User": [{ "username": "ann" }] }';
    const { text, isDone } = await fold(before, { _User: [A] });
    expect([text, isDone]).toEqual([before, false]);
  });
});

describe('a file that has a gap', () => {
  const before = textOf({ _User: [A, B, C] });

  const withGap = async (): Promise<string> => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, before);
    const gapped = await GappedFile.make(path, 300);
    await gapped.moveToStart();
    await gapped.release();
    return path;
  };

  it('is what it was when the gap is closed', async () => {
    const path = await withGap();
    expect(await readFile(path, 'utf8')).not.toBe(before);
    let told: string | undefined;
    const base = await mendGap(path, async (into) => {
      told = into;
    });
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(told).toBe(base?.fingerprint);
    expect(await readdir(join(path, '..'))).toEqual(['users.json']);
  });

  it('stays as a person has made it since', async () => {
    for (const edited of [textOf({ _User: [A] }), textOf({ _User: [A, B, C, { ...C, objectId: 'd' }] })]) {
      const path = await withGap();
      await writeFile(path, edited);
      expect(await mendGap(path, async () => undefined)).toBeUndefined();
      expect(await readFile(path, 'utf8')).toBe(edited);
      expect(await readdir(join(path, '..'))).toEqual(['users.json']);
    }
  });

  it('is read as it is with its journal, and says where it is broken when nobody knows any more', async () => {
    const path = await withGap();
    await writeFile(notesOf(path), 'x');
    await expect(open(path).file.read()).rejects.toThrow('Failed to read');
  });
});
