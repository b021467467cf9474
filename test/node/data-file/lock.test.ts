import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rmdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileLock } from '../../../src/node/data-file/lock.ts';
import { newFolder } from '../../support/folder.ts';

type Owner = { pid: number; host: string; start: string; since: string };

const newLock = async (): Promise<{ path: string; lock: FileLock }> => {
  const path = join(await newFolder(), 'users.json');
  const lock = new FileLock(path);
  onTestFinished(() => lock.release());
  return { path, lock };
};

const writeLock = (path: string, owner: Partial<Owner> | string): Promise<void> =>
  writeFile(
    `${path}.lock`,
    typeof owner === 'string'
      ? owner
      : JSON.stringify({ pid: process.pid, host: hostname(), start: 'x', since: '2026-01-01T00:00:00.000Z', ...owner }),
  );

const ownerOf = async (path: string): Promise<Owner> => JSON.parse(await readFile(`${path}.lock`, 'utf8'));

/** A process that lives until the test is over. */
const newProcess = async (): Promise<number> => {
  const child = spawn('sleep', ['60']);
  onTestFinished(() => void child.kill());
  await once(child, 'spawn');
  return child.pid ?? 0;
};

/** A process that has ended. */
const deadProcess = async (): Promise<number> => {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid ?? 0;
};

describe('FileLock', () => {
  it('names its owner, and is gone when it is released', async () => {
    const { path, lock } = await newLock();
    await lock.ensure();
    expect(await ownerOf(path)).toMatchObject({ pid: process.pid, host: hostname() });
    await lock.release();
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is held once in a process, too', async () => {
    const { path, lock } = await newLock();
    await lock.ensure();
    await lock.ensure();
    await expect(new FileLock(path).ensure()).rejects.toThrow(`Failed to open ${path}: this process uses it since`);
  });

  it('names the process that holds it', async () => {
    const { path, lock } = await newLock();
    const pid = await newProcess();
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    await writeLock(path, { pid, start: `${boot.trim()}:${stat?.split(') ')[1]?.split(' ')[19]}` });
    await expect(lock.ensure()).rejects.toThrow(
      `Failed to open ${path}: process ${pid} uses it since 2026-01-01T00:00:00.000Z. Stop that one first, or choose another file`,
    );
  });

  it('is taken over from a process that is dead', async () => {
    const { path, lock } = await newLock();
    await writeLock(path, { pid: await deadProcess() });
    await lock.ensure();
    expect((await ownerOf(path)).pid).toBe(process.pid);
    expect(await readdir(join(path, '..'))).toEqual(['users.json.lock']);
  });

  it.runIf(process.platform === 'linux')('is taken over when its number was given to a later process', async () => {
    const { path, lock } = await newLock();
    await writeLock(path, { pid: await newProcess(), start: 'another boot:1' });
    await lock.ensure();
    expect((await ownerOf(path)).pid).toBe(process.pid);
  });

  it('is taken over when a crash left it empty, or something else wrote it', async () => {
    for (const text of ['', '{', 'null', '{}']) {
      const { path, lock } = await newLock();
      await writeLock(path, text);
      await lock.ensure();
      expect((await ownerOf(path)).pid).toBe(process.pid);
    }
  });

  it('counts as held by another machine as long as that one gives a sign of life', async () => {
    const { path, lock } = await newLock();
    await writeLock(path, { host: 'elsewhere' });
    await expect(lock.ensure()).rejects.toThrow(`process ${process.pid} on elsewhere uses it`);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${path}.lock`, longAgo, longAgo);
    await lock.ensure();
    expect((await ownerOf(path)).host).toBe(hostname());
  });

  it('is got by one of many who take over the same one', async () => {
    const { path } = await newLock();
    await writeLock(path, { pid: await deadProcess() });
    const locks = Array.from({ length: 10 }, () => new FileLock(path));
    const outcomes = await Promise.allSettled(locks.map((lock) => lock.ensure()));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all(locks.map((lock) => lock.release()));
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('is made again when somebody deletes it, unless another took it', async () => {
    const { path, lock } = await newLock();
    await lock.ensure();
    const { rm } = await import('node:fs/promises');
    await rm(`${path}.lock`);
    await lock.ensure();
    expect((await ownerOf(path)).pid).toBe(process.pid);
    await writeLock(path, { host: 'elsewhere' });
    await expect(lock.ensure()).rejects.toThrow('on elsewhere uses it');
    expect(lock.isHeld).toBe(false);
    await lock.release();
    expect((await ownerOf(path)).host).toBe('elsewhere');
  });
});

it('refuses a lock that cannot be read', async () => {
  const { path, lock } = await newLock();
  await mkdir(`${path}.lock`);
  await expect(lock.ensure()).rejects.toThrow(`Failed to open ${path}: it is a folder`);
  await rmdir(`${path}.lock`);
});
