import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type EmulatorServer, startServer } from '../../../src/node/server/serve.ts';
import { eventually } from '../../support/eventually.ts';
import { newFolder } from '../../support/folder.ts';

const HEADERS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };

type Data = { [className: string]: { [name: string]: unknown }[] };

const start = async (
  seed?: Data,
): Promise<{ server: EmulatorServer; path: string; edit: (data: Data) => Promise<void> }> => {
  const path = join(await newFolder(), 'users.json');
  if (seed) await writeFile(path, JSON.stringify(seed));
  const server = await startServer({ port: 0, bcryptRounds: 4, db: path });
  onTestFinished(() => server.close());
  return { server, path, edit: (data) => writeFile(path, JSON.stringify(data, null, 2)) };
};

const logIn = async ({ url }: EmulatorServer, username: string, password: string): Promise<number> =>
  (await fetch(`${url}/parse/login?${new URLSearchParams({ username, password })}`, { headers: HEADERS })).status;

const signUp = async ({ url }: EmulatorServer, username: string): Promise<number> => {
  const body = JSON.stringify({ username, password: 'secret' });
  return (await fetch(`${url}/parse/users`, { method: 'POST', headers: HEADERS, body })).status;
};

const read = async (path: string): Promise<Data> => JSON.parse(await readFile(path, 'utf8'));

const usernames = (data: Data | undefined): unknown[] => (data?.['_User'] ?? []).map(({ username }) => username);

describe('an edit of the data file while the emulator runs', () => {
  const warnings: string[] = [];
  beforeEach(() => {
    warnings.length = 0;
    const spy = vi.spyOn(console, 'warn').mockImplementation((sentence: string) => void warnings.push(sentence));
    onTestFinished(() => spy.mockRestore());
  });

  it('is taken up: a user with a plain password can log in, and the file has the hash then', async () => {
    const { server, path, edit } = await start({ _User: [{ username: 'ann', password: 'first' }] });
    expect(await logIn(server, 'ann', 'first')).toBe(200);
    const data = await eventually(async () => {
      const found = await read(path);
      expect(found['_Session']).toHaveLength(1);
      return found;
    });
    data['_User']?.push({ username: 'bob', password: 'plain' });
    await edit(data);
    await eventually(async () => expect(await logIn(server, 'bob', 'plain')).toBe(200));
    const kept = await eventually(async () => {
      const found = await read(path);
      expect(found['_User']?.[1]).toMatchObject({ _hashed_password: expect.stringMatching(/^\$2b\$04\$/) });
      return found;
    });
    expect(kept['_User']?.[1]).not.toHaveProperty('password');
    expect(warnings).toEqual([]);
  });

  it('counts as the start: `reset` comes back to it', async () => {
    const { server, edit } = await start({ _User: [{ username: 'ann' }] });
    await edit({ _User: [{ username: 'bob' }] });
    await eventually(() => expect(usernames(server.emulator.snapshot() as Data)).toEqual(['bob']));
    await signUp(server, 'cid');
    await server.emulator.reset();
    expect(usernames(server.emulator.snapshot() as Data)).toEqual(['bob']);
  });

  it.each([
    ['{\n  "_User": [\n', 'line 3, column 1: the text ends where a value belongs'],
    [
      '{ "_User": [\n  { "username": "x", "email": "no address" }\n] }',
      'line 2, column 31: _User[0].email: "no address" is not a valid email address',
    ],
    [
      '{ "_User": [\n  { "username": "x" },\n  { "username": "X" }\n] }',
      'line 3, column 17: _User[1].username: "X" is the username of _User[0] too',
    ],
    [
      '{ "Todo": [{ "owner": { "__type": "Pointer", "className": "_User", "username": "nobody" } }] }',
      'line 1, column 23: Todo[0].owner: there is no _User whose username is "nobody"',
    ],
  ])('is refused with the place of the mistake in %j, and the old state goes on', async (text, sentence) => {
    const { server, path } = await start({ _User: [{ username: 'ann', password: 'first' }] });
    await writeFile(path, text);
    await eventually(() => expect(warnings).toEqual([`Failed to read ${path}: ${sentence}`]));
    expect(await logIn(server, 'ann', 'first')).toBe(200);
    expect(await signUp(server, 'cid')).toBe(201);
    expect(await readFile(path, 'utf8')).toBe(text);
    await writeFile(path, '{ "_User": [{ "username": "dan" }] }');
    await eventually(() => expect(usernames(server.emulator.snapshot() as Data)).toContain('dan'));
  });

  it('is taken up when it comes in the moment after the emulator has written the file', async () => {
    const { server, path } = await start({ _User: [{ username: 'ann', objectId: 'ann' }] });
    const before = statSync(path).ino;
    await signUp(server, 'bob');
    while (statSync(path).ino === before) await setImmediate();
    const data: Data = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...data, _User: [...(data['_User'] ?? []), { username: 'cid' }] }));
    await eventually(() => expect(usernames(server.emulator.snapshot() as Data)).toContain('cid'));
    expect(usernames(server.emulator.snapshot() as Data)).toEqual(['ann', 'bob', 'cid']);
  });

  it('loses nothing that was acknowledged while it is taken up', async () => {
    const { server, path } = await start({ _User: [{ username: 'ann', objectId: 'ann' }] });
    const made: string[] = [];
    let isOver = false;
    const signer = async (prefix: string): Promise<void> => {
      for (let i = 0; !isOver; i += 1) {
        if ((await signUp(server, `${prefix}${i}`)) === 201) made.push(`${prefix}${i}`);
      }
    };
    const signers = ['a-', 'b-', 'c-', 'd-'].map(signer);
    onTestFinished(() => {
      isOver = true;
    });
    for (let round = 0; round < 4; round += 1) {
      const already = made.length;
      await eventually(() => expect(made.length).toBeGreaterThan(already));
      const data = server.emulator.snapshot() as Data;
      const users = [...(data['_User'] ?? []), { username: `hand-${round}`, password: 'plain' }];
      writeFileSync(path, JSON.stringify({ ...data, _User: users })); // all that stands there now, and one user more
      await eventually(() => expect(usernames(server.emulator.snapshot() as Data)).toContain(`hand-${round}`));
    }
    isOver = true;
    await Promise.all(signers);
    await server.close();
    const names = usernames(await read(path));
    expect(names).toEqual(expect.arrayContaining(['ann', 'hand-0', 'hand-1', 'hand-2', 'hand-3']));
    expect(new Set(names).size).toBe(names.length);
    expect(made.filter((name) => !names.includes(name))).toEqual([]);
    expect(made.length).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  });
});
