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

describe('a process whose disk fails it at each call', { timeout: 1_800_000 }, () => {
  it.each<Disk>(['', 'mounted', 'tight'])('has kept what it said was safe, and nothing by half %s', async (disk) => {
    const writer = await bundle(new URL('writer.ts', import.meta.url), await newFolder());
    const whole = await runWriter(writer, await newFile(), 'none', 0, disk);
    expect(whole.done).toBe(STEPS);
    const { calls = 0 } = whole;
    expect(calls).toBeGreaterThan(100);
    let kills = 0;
    for (const kind of ['kill', 'half', 'ENOSPC', 'EIO']) {
      for (let at = 1; at <= calls; at += STRIDE) {
        const path = await newFile();
        const outcome = await runWriter(writer, path, kind, at, disk);
        if (outcome.calls === undefined) kills += 1;
        else expect([kind, at, outcome.done]).toEqual([kind, at, STEPS]);
        await check(path, outcome, `${kind} at call ${at}`);
      }
    }
    expect(kills).toBeGreaterThan(0);
    process.stdout.write(`${kills} kills at ${calls} calls${disk && ` (${disk})`}: all that was safe was there\n`);
  });
});
