import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonFile } from '../../src/node/data-file/json-file.ts';
import { bundle } from '../support/bundle.ts';
import { newFolder } from '../support/folder.ts';
import type { Disk } from './faulty-disk.ts';
import { STEPS, stateAfter } from './script.ts';

/** `npm run torture` takes every call; `npm test` one of so many. */
const STRIDE = process.env['npm_lifecycle_event'] === 'torture' ? 1 : 23;

const BEFORE = new Map([['old', 1]]);
const SEED = JSON.stringify({ _User: [{ objectId: 'old', version: 1 }], _Session: [{ objectId: 'old', version: 1 }] });

type Outcome = { readonly started: number; readonly done: number; readonly calls: number | undefined };

const runWriter = (writer: string, path: string, kind: string, at: number, disk: string): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(process.execPath, [writer, path, kind, String(at), disk], (_error, stdout) => {
      const last = (pattern: RegExp): number | undefined => {
        const found = [...stdout.matchAll(pattern)].at(-1)?.[1];
        return found === undefined ? undefined : Number(found);
      };
      resolve({ started: last(/^\+ (\d+)$/gm) ?? 0, done: last(/^= (\d+)$/gm) ?? 0, calls: last(/^calls (\d+)$/gm) });
    });
  });

const versions = (rows: readonly { readonly [name: string]: unknown }[] = []): Map<string, number> =>
  new Map(rows.map(({ objectId, version }) => [String(objectId), Number(version)]));

/** What the next process finds must be what stood there after a step that was begun, and none before the last that was safe. */
const check = async (path: string, { started, done }: Outcome, fault: string): Promise<void> => {
  const file = jsonFile(path, { warn: () => undefined });
  const snapshot = await file.read();
  await file.close();
  const found = versions(snapshot?.['_User']);
  expect([fault, versions(snapshot?.['_Session'])]).toEqual([fault, found]);
  const possible = Array.from({ length: started - done + 1 }, (_, more) => stateAfter(done + more, BEFORE));
  const show = (state: ReadonlyMap<string, number>): string => JSON.stringify([...state].sort());
  expect([fault, possible.map(show)]).toEqual([fault, expect.arrayContaining([show(found)])]);
};

const newFile = async (): Promise<string> => {
  const path = join(await newFolder(), 'users.json');
  await writeFile(path, SEED);
  return path;
};

/** So many processes at once: most of a process's life is its start. */
const AT_ONCE = 4;

/** Does the work for each of the numbers. */
const inParallel = async (numbers: readonly number[], work: (number: number) => Promise<void>): Promise<void> => {
  const left = [...numbers];
  const goOn = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, goOn));
};

const DISKS: readonly Disk[] = ['', 'mounted', 'tight'];
const KINDS = ['kill', 'half', 'ENOSPC', 'EIO'];

describe.each(DISKS)('a process whose disk (%j) fails it at each call', (disk) => {
  it.each(KINDS)('has kept what it said was safe, and nothing by half: %s', { timeout: 3_600_000 }, async (kind) => {
    const writer = await bundle(new URL('writer.ts', import.meta.url), await newFolder());
    const whole = await runWriter(writer, await newFile(), 'none', 0, disk);
    expect(whole.done).toBe(STEPS);
    const { calls = 0 } = whole;
    expect(calls).toBeGreaterThan(100);
    const numbers = Array.from({ length: Math.ceil(calls / STRIDE) }, (_, index) => 1 + index * STRIDE);
    const isKill = ['kill', 'half'].includes(kind);
    let kills = 0;
    await inParallel(numbers, async (at) => {
      const path = await newFile();
      const outcome = await runWriter(writer, path, kind, at, disk);
      const isKilled = outcome.calls === undefined;
      if (isKilled) kills += 1;
      if (!isKilled || !isKill) expect([kind, at, outcome.done, isKilled]).toEqual([kind, at, STEPS, false]);
      await check(path, outcome, `${kind} at call ${at}`);
    });
    if (isKill) expect(kills).toBeGreaterThan(numbers.length / 2);
    const what = kills > 0 ? `${kills} kills (${kind})` : `${numbers.length} failures (${kind})`;
    process.stdout.write(`${what} at ${calls} calls${disk && ` (${disk})`}: all that was safe was there\n`);
  });
});
