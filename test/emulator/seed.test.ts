import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { browserStorage, createEmulator, type Persistence, type Snapshot } from '../../src/index.ts';
import { jsonFile, startServer } from '../../src/node/index.ts';
import { createTest } from '../../src/vitest/index.ts';
import { ask, HEADERS, usernames } from '../support/ask.ts';
import { newFolder } from '../support/folder.ts';

const seed = { _User: [{ username: 'johndoe', password: 'secret' }] };
const other = { _User: [{ username: 'jane', password: 'secret' }] };
const options = { bcryptRounds: 4 };

/** A persistence that holds a state, and nothing else. */
const keep = (snapshot: Snapshot | null): Persistence & { kept: Snapshot | null } => ({
  kept: snapshot,
  async read() {
    return this.kept;
  },
  async append() {},
  async replace(next) {
    this.kept = next;
  },
});

describe('the option seed', () => {
  it('is there for the first request, and reset comes back to it', async () => {
    const emulator = createEmulator({ ...options, seed });
    const logIn =
      'mutation { logIn(input: { username: "johndoe", password: "secret" }) { viewer { user { username } } } }';
    expect(await ask(emulator, logIn)).toMatchObject({
      data: { logIn: { viewer: { user: { username: 'johndoe' } } } },
    });
    await emulator.users.create({ username: 'ann' });
    await emulator.reset();
    expect(usernames(emulator)).toEqual(['johndoe']);
  });

  it('is kept by a persistence that has nothing yet, and left out of one that has objects', async () => {
    const persistence = keep(null);
    await createEmulator({ ...options, persistence, seed }).ready;
    expect(persistence.kept?.['_User']).toMatchObject([{ username: 'johndoe' }]);
    const again = createEmulator({ ...options, persistence, seed: other });
    await again.ready;
    expect(usernames(again)).toEqual(['johndoe']);
  });

  it('is taken where there are classes, but no objects', async () => {
    const persistence = keep({ schemas: [{ className: 'Todo', fields: {} }] });
    const emulator = createEmulator({ ...options, persistence, seed });
    await emulator.ready;
    expect(usernames(emulator)).toEqual(['johndoe']);
  });

  it('rejects ready with the place of a mistake', async () => {
    const { ready } = createEmulator({ seed: { _User: [{ username: 1 }] } });
    await expect(ready).rejects.toThrow('_User[0].username');
  });

  it('is that of further applications and of forks, too', async () => {
    const emulator = createEmulator({ ...options, seed, apps: ['other'] });
    const headers = { ...HEADERS, 'X-Parse-Application-Id': 'other', 'X-Parse-Master-Key': 'MASTER_KEY' };
    expect(await ask(emulator, '{ users { count } }', { headers })).toEqual({ data: { users: { count: 1 } } });
    expect(usernames(emulator.app('other'))).toEqual(['johndoe']);
    expect(usernames(emulator.fork())).toEqual(['johndoe']);
  });

  it('is said to be missing by what needs it before it is read', async () => {
    const emulator = createEmulator({ ...options, seed });
    const sentence = 'the state is still being read. Await emulator.ready first';
    expect(() => emulator.snapshot()).toThrow(`Failed to take a snapshot: ${sentence}`);
    expect(() => emulator.fork()).toThrow(sentence);
    await emulator.ready;
    expect(usernames(emulator)).toEqual(['johndoe']);
  });
});

describe('the same seed in every host, and a second start on its data:', () => {
  it('browserStorage', async () => {
    const texts = new Map<string, string>();
    vi.stubGlobal('addEventListener', () => undefined);
    vi.stubGlobal('removeEventListener', () => undefined);
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, text: string) => void texts.set(key, text),
      removeItem: (key: string) => void texts.delete(key),
    });
    onTestFinished(() => void vi.unstubAllGlobals());
    for (const expected of [['johndoe'], ['johndoe', 'ann']]) {
      const emulator = createEmulator({ ...options, persistence: browserStorage('demo'), seed });
      await emulator.ready;
      expect(usernames(emulator)).toEqual(expected);
      if (expected.length === 1) await emulator.users.create({ username: 'ann' });
      await emulator.close();
    }
  });

  it('jsonFile and startServer', async () => {
    const folder = await newFolder();
    const db = `${folder}/users.json`;
    for (const more of [{ db }, { persistence: jsonFile(db) }, { db }]) {
      await using server = await startServer({ ...options, ...more, port: 0, seed });
      expect(usernames(server.emulator)).toEqual(['johndoe']);
    }
  });

  it('seed with ifEmpty, and in prepare', async () => {
    const emulator = createEmulator(options);
    await emulator.seed(seed, { ifEmpty: true });
    await emulator.seed(other, { ifEmpty: true });
    expect(usernames(emulator)).toEqual(['johndoe']);
    await emulator.seed(other);
    expect(usernames(emulator)).toEqual(['johndoe', 'jane']);
    const prepare = (one: typeof emulator) => one.seed(seed, { ifEmpty: true });
    await using server = await startServer({ ...options, port: 0, prepare });
    expect(usernames(server.emulator)).toEqual(['johndoe']);
  });
});

createTest({ seed })("Vitest's test", ({ emulator }) => {
  expect(usernames(emulator)).toEqual(['johndoe']);
});
