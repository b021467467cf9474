import { afterEach, describe, expect, it, vi } from 'vitest';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { createStamps } from '../../src/operations/stamps.ts';
import { createClient, MASTER } from '../support/rest-client.ts';

const at = (text: string): number => Date.parse(text);

describe('stamps', () => {
  it('are later one than the other, and no earlier than the clock', () => {
    let now = at('2026-01-01T00:00:00.000Z');
    const { stamp } = createStamps(() => now);
    expect([stamp(), stamp(), stamp()]).toEqual([
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.001Z',
      '2026-01-01T00:00:00.002Z',
    ]);
    now += 1;
    expect(stamp()).toBe('2026-01-01T00:00:00.003Z');
    now += 1000;
    expect(stamp()).toBe('2026-01-01T00:00:01.001Z');
  });

  it('of a change are later than that of the object, whatever else was written', () => {
    const { stamp } = createStamps(() => at('2026-01-01T00:00:00.000Z'));
    const made = stamp();
    for (let i = 0; i < 10; i++) stamp();
    expect(stamp(made)).toBe('2026-01-01T00:00:00.001Z');
    expect(stamp('2025-01-01T00:00:00.000Z')).toBe('2026-01-01T00:00:00.000Z');
  });

  it('do not follow a date of a far future, nor time that was turned back', () => {
    let now = at('2026-01-01T00:00:00.000Z');
    const { stamp } = createStamps(() => now);
    expect(stamp('2099-01-01T00:00:00.000Z')).toBe('2026-01-01T00:00:00.000Z');
    now = at('2020-01-01T00:00:00.000Z');
    expect(stamp()).toBe('2020-01-01T00:00:00.000Z');
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const datesOf = async (emulator: Emulator, className: string): Promise<{ createdAt: string; updatedAt: string }[]> =>
  (emulator.snapshot() as unknown as { [name: string]: { createdAt: string; updatedAt: string }[] })[className] ?? [];

it('no two objects are made at one time, and a change comes after the making, while time stands', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: at('2026-05-05T00:00:00.000Z') });
  const { call, emulator } = createClient();
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) {
    const { body } = await call('POST', '/classes/Note', { i }, MASTER);
    ids.push((body as { objectId: string }).objectId);
  }
  const made = (await datesOf(emulator, 'Note')).map(({ createdAt }) => createdAt);
  expect(new Set(made).size).toBe(20);
  expect([...made].sort()).toEqual(made);
  for (const id of [ids[0], ids[0], ids[19]]) await call('PUT', `/classes/Note/${id}`, { i: -1 }, MASTER);
  const [first, ...others] = await datesOf(emulator, 'Note');
  expect(first?.updatedAt).toBe('2026-05-05T00:00:00.002Z');
  expect(others.at(-1)?.updatedAt).toBe('2026-05-05T00:00:00.020Z');
  await emulator.close();
});

it('deterministic runs have the same dates, after a reset and in a fork, too', async () => {
  const run = async (emulator: Emulator): Promise<string> => {
    for (const username of ['ann', 'bob']) await emulator.users.create({ username, password: 'secret' });
    return JSON.stringify(await datesOf(emulator, '_User'));
  };
  const [one, other] = [createEmulator({ deterministic: 'a' }), createEmulator({ deterministic: 'a' })];
  const dates = await run(one);
  expect(await run(other)).toBe(dates);
  await one.reset();
  expect(await run(one)).toBe(dates);
  await Promise.all([one.close(), other.close()]);
});
