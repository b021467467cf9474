import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type JsonFile, jsonFile } from '../../../src/node/data-file/json-file.ts';
import type { Change } from '../../../src/store/persistence.ts';
import { mayMount, newDisk, run } from '../../support/disk.ts';
import { eventually } from '../../support/eventually.ts';

const put = (objectId: string, size = 0): Change[] => [
  { className: '_User', objectId, record: { objectId, filler: 'x'.repeat(size) } },
];

const open = (path: string): { file: JsonFile; warnings: string[] } => {
  const warnings: string[] = [];
  const file = jsonFile(path, { warn: (sentence) => warnings.push(sentence) });
  onTestFinished(() => file.close());
  return { file, warnings };
};

const idsOf = async (file: JsonFile): Promise<unknown[]> =>
  ((await file.read())?.['_User'] ?? []).map(({ objectId }) => objectId);

describe.runIf(mayMount)('a data file on a disk that fails', () => {
  it('refuses commits while the disk is full, loses none, and goes on when there is room', async () => {
    const folder = await newDisk('256k');
    const path = join(folder, 'users.json');
    const { file } = open(path);
    await file.read();
    await writeFile(join(folder, 'ballast'), 'x'.repeat(60_000));
    const kept: string[] = [];
    const refused: string[] = [];
    for (let i = 0; i < 60; i += 1) {
      const size = i % 2 === 0 ? 9000 : 100; // a small one may still fit where a large one does not
      await file.append(put(`u${i}`, size)).then(
        () => kept.push(`u${i}`),
        (error: Error) => {
          refused.push(`u${i}`);
          expect(error.message).toBe(`Failed to write ${path}.journal: no space is left on the device`);
        },
      );
    }
    expect(refused.length).toBeGreaterThan(5);
    await rm(join(folder, 'ballast'));
    await file.append(put('after'));
    await file.close();
    expect(await idsOf(open(path).file)).toEqual([...kept, 'after']);
  });

  it('keeps the journal when there is no room for a new file', async () => {
    const folder = await newDisk('256k');
    const path = join(folder, 'users.json');
    const { file, warnings } = open(path);
    await file.read();
    for (let i = 0; i < 16; i += 1) await file.append(put(`u${i}`, 9000));
    await eventually(() => expect(warnings).toEqual([`Failed to write ${path}: no space is left on the device`]));
    await file.append(put('more'));
    await file.close();
    const again = open(path);
    expect(await idsOf(again.file)).toHaveLength(17);
  });

  it('refuses commits while the disk is read-only, and goes on when it is not', async () => {
    const folder = await newDisk('256k');
    const path = join(folder, 'users.json');
    const { file } = open(path);
    await file.read();
    await file.append(put('a'));
    await file.close();
    run(`mount -o remount,ro '${folder}'`);
    const { file: readOnly, warnings } = open(path);
    expect(await idsOf(readOnly)).toEqual(['a']);
    expect(warnings).toEqual([
      `Failed to open ${path}: the file system is read-only. It is read, but nothing can be kept`,
    ]);
    await expect(readOnly.append(put('b'))).rejects.toThrow('the file system is read-only');
    run(`mount -o remount,rw '${folder}'`);
    await readOnly.append(put('c'));
    await readOnly.close();
    expect(await idsOf(open(path).file)).toEqual(['a', 'c']);
  });
});
