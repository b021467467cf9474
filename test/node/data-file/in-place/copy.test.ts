import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toFingerprint } from '../../../../src/node/data-file/atomic-write.ts';
import { toLines } from '../../../../src/node/data-file/journal/lines.ts';
import { jsonFile } from '../../../../src/node/data-file/json-file.ts';
import { startServer } from '../../../../src/node/server/serve.ts';
import type { Change, Snapshot } from '../../../../src/store/persistence.ts';
import { mayMount, run } from '../../../support/disk.ts';
import { newFolder } from '../../../support/folder.ts';

const user = (objectId: string, n = 0) => ({ objectId, username: `name-${objectId}`, n });
const put = (objectId: string, n = 0): Change => ({ className: '_User', objectId, record: user(objectId, n) });
const ids = (snapshot: Snapshot | null): unknown[] => (snapshot?.['_User'] ?? []).map(({ objectId }) => objectId);
const textOf = (snapshot: Snapshot): string => `${JSON.stringify(snapshot, null, 2)}\n`;

/** A data file that is mounted by itself, as `docker run --volume ./users.json:/app/users.json` does it. */
const mountedFile = async (snapshot: Snapshot): Promise<{ path: string; source: string }> => {
  const source = join(await newFolder(), 'source.json');
  const path = join(await newFolder(), 'users.json');
  await writeFile(source, JSON.stringify(snapshot));
  await writeFile(path, '');
  run(`mount --bind '${source}' '${path}'`);
  onTestFinished(() => run(`umount --lazy '${path}'`));
  return { path, source };
};

describe.runIf(mayMount)('a data file that is mounted by itself', () => {
  it('starts with plain passwords in it, is folded where it stands, and holds all at the end', async () => {
    const { path, source } = await mountedFile({ _User: [{ username: 'ann', password: 'secret' }] });
    const { ino } = await stat(source);
    const server = await startServer({ port: 0, bcryptRounds: 4, db: path });
    onTestFinished(() => server.close());
    await server.emulator.users.create({ username: 'bob', password: 'secret' });
    await server.close();
    const { _User: users } = JSON.parse(await readFile(source, 'utf8'));
    expect(users).toMatchObject([{ username: 'ann' }, { username: 'bob' }]);
    expect(users[0]).not.toHaveProperty('password');
    expect((await stat(source)).ino).toBe(ino);
    expect(await readdir(join(path, '..'))).toEqual(['users.json']);
  });

  it('becomes shorter, and longer, and is read again', async () => {
    const { path } = await mountedFile({ _User: [user('a'), user('b')] });
    const file = jsonFile(path, { warn: () => undefined });
    onTestFinished(() => file.close());
    await file.read();
    await file.replace({ _User: [user('c')] });
    expect(await readFile(path, 'utf8')).toBe(textOf({ _User: [user('c')] }));
    for (let n = 0; n < 50; n += 1) await file.append([put(`d${n}`)]);
    await file.close();
    const again = jsonFile(path);
    onTestFinished(() => again.close());
    expect(ids(await again.read())).toHaveLength(51);
  });
});

describe('a file that was being written over when the emulator died', () => {
  const before = textOf({ _User: [user('a', 1), user('b', 1)] });
  const after = textOf({ _User: [user('a', 2), user('b', 2), user('c', 2)] });

  const crashed = async (mixture: string): Promise<string> => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, mixture);
    await writeFile(`${path}.tmp`, after);
    const base = toFingerprint(Buffer.from(before));
    const into = toFingerprint(Buffer.from(after));
    const jsons = [
      { journal: 2, base, marks: [['_User', 'a']] },
      { into, entries: 0, copied: true },
    ];
    await writeFile(
      `${path}.journal`,
      toLines(
        jsons.map((one) => JSON.stringify(one)),
        0,
      ).text,
    );
    return path;
  };

  const read = async (path: string): Promise<{ found: Snapshot | null; warnings: string[] }> => {
    const warnings: string[] = [];
    const file = jsonFile(path, { warn: (message) => warnings.push(message) });
    const found = await file.read();
    await file.close();
    return { found, warnings };
  };

  it('is finished from its draft, wherever it was cut', async () => {
    for (let length = 1; length < after.length; length += 1) {
      const mixture = after.slice(0, length) + before.slice(length);
      if (mixture === before) continue;
      const path = await crashed(mixture);
      const { found } = await read(path);
      expect([length, found]).toEqual([length, JSON.parse(after)]);
      expect(await readFile(path, 'utf8')).toBe(after);
    }
  });

  it('is left as it was when nothing of the draft stands in it yet', async () => {
    expect((await read(await crashed(before))).found).toEqual(JSON.parse(before));
  });

  it('is kept under another name when it can be read, since a person may have made it', async () => {
    const edited = textOf({ _User: [user('a', 1), user('z')] });
    const path = await crashed(edited);
    const { found, warnings } = await read(path);
    expect(found).toEqual(JSON.parse(after));
    expect(warnings).toEqual([expect.stringContaining('What stood there was kept as')]);
    const [aside = ''] = (await readdir(join(path, '..'))).filter((name) => /json\.\d/.test(name));
    expect(await readFile(join(path, '..', aside), 'utf8')).toBe(edited);
  });
});
