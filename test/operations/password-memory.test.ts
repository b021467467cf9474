import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/emulator.ts';
import { createPasswordMemory } from '../../src/operations/password-memory.ts';
import { bcryptPasswords } from '../../src/operations/passwords.ts';
import type { PasswordHasher } from '../../src/options/adapters.ts';

/** bcrypt, which counts how often it is asked. */
const counting = () => {
  const asked = { hash: 0, compare: 0 };
  const hasher: PasswordHasher = {
    hash: (password) => {
      asked.hash += 1;
      return bcryptPasswords.hash(password, 4);
    },
    compare: (password, passwordHash) => {
      asked.compare += 1;
      return bcryptPasswords.compare(password, passwordHash);
    },
  };
  return { asked, hasher };
};

const create = (reusesHashes = false) => {
  const { asked, hasher } = counting();
  const memory = createPasswordMemory({ reusesHashes });
  return { asked, memory, passwords: memory.around(hasher) };
};

describe('createPasswordMemory', () => {
  it('asks for a password only once, if it is right', async () => {
    const { asked, passwords } = create();
    const passwordHash = await bcryptPasswords.hash('secret', 4);
    for (let i = 0; i < 3; i++) expect(await passwords.compare('secret', passwordHash)).toBe(true);
    expect(asked.compare).toBe(1);
    for (let i = 0; i < 2; i++) expect(await passwords.compare('Secret', passwordHash)).toBe(false);
    expect(asked.compare).toBe(3);
  });

  it('knows the password of a hash that it has seen made', async () => {
    const { asked, passwords } = create();
    const passwordHash = await passwords.hash('secret', 4);
    expect(await passwords.compare('secret', passwordHash)).toBe(true);
    expect(asked.compare).toBe(0);
    expect(await passwords.compare('other', passwordHash)).toBe(false);
    expect(asked.compare).toBe(1);
  });

  it('takes a password for no other hash than its own', async () => {
    const { passwords } = create();
    await passwords.hash('secret', 4);
    expect(await passwords.compare('secret', await bcryptPasswords.hash('other', 4))).toBe(false);
    expect(await passwords.compare('secret', 'no hash')).toBe(false);
  });

  it('makes a hash anew for each user, unless it may use one again', async () => {
    const anew = create();
    expect(await anew.passwords.hash('secret', 4)).not.toBe(await anew.passwords.hash('secret', 4));
    const again = create(true);
    expect(await again.passwords.hash('secret', 4)).toBe(await again.passwords.hash('secret', 4));
    expect(await again.passwords.hash('other', 4)).not.toBe(await again.passwords.hash('secret', 4));
    expect(again.asked.hash).toBe(2);
  });

  it('does not take a hash of one cost for one of another', async () => {
    const memory = createPasswordMemory({ reusesHashes: true });
    const passwords = memory.around(bcryptPasswords);
    expect(await passwords.hash('secret', 4)).toMatch(/^\$2b\$04\$/);
    expect(await passwords.hash('secret', 5)).toMatch(/^\$2b\$05\$/);
  });

  it('forgets everything when it is cleared, and the oldest when it has too much', async () => {
    const { asked, memory, passwords } = create();
    const passwordHash = await passwords.hash('secret', 4);
    memory.clear();
    await passwords.compare('secret', passwordHash);
    expect(asked.compare).toBe(1);
    const quick = memory.around({ hash: async (password) => `hash of ${password}`, compare: async () => true });
    for (let i = 0; i < 1000; i++) await quick.hash(`password ${i}`, 4);
    await passwords.compare('secret', passwordHash);
    expect(asked.compare).toBe(2);
  });
});

describe('an emulator', () => {
  const logIn = (emulator: ReturnType<typeof createEmulator>) =>
    emulator.fetch('/parse/login', {
      method: 'POST',
      headers: { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' },
      body: '{"username":"ann","password":"secret"}',
    });

  it('remembers a log-in until a reset, in its forks, too', async () => {
    const { asked, hasher } = counting();
    const emulator = createEmulator({
      passwordHasher: hasher,
      seed: { _User: [{ username: 'ann', password: await bcryptPasswords.hash('secret', 4) }] },
    });
    await emulator.ready;
    for (const one of [emulator, emulator, emulator.fork()]) expect((await logIn(one)).status).toBe(200);
    expect(asked.compare).toBe(1);
    await emulator.reset();
    expect((await logIn(emulator)).status).toBe(200);
    expect(asked.compare).toBe(2);
  });

  it('gives users of one password one hash only in memory, and with a seed or `deterministic`', async () => {
    const hashesOf = async (options: Parameters<typeof createEmulator>[0]) => {
      const emulator = createEmulator({ bcryptRounds: 4, ...options });
      for (const username of ['ann', 'ben']) await emulator.users.create({ username, password: 'secret' });
      const rows = emulator.snapshot()['_User'] ?? [];
      return new Set(rows.map((row) => Reflect.get(row, '_hashed_password'))).size;
    };
    const persistence = { read: async () => null, append: async () => undefined, replace: async () => undefined };
    expect(await hashesOf({})).toBe(2);
    expect(await hashesOf({ seed: { _User: [] } })).toBe(1);
    expect(await hashesOf({ deterministic: 'text' })).toBe(1);
    expect(await hashesOf({ seed: { _User: [] }, persistence })).toBe(2);
  });
});
