import { randomUUID } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { appendFile, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../../parse/user-error.ts';
import { codeOf, fileError } from '../json/file-error.ts';
import { isRunning, type Owner, thisProcess } from './lock-owner.ts';

const HEARTBEAT = 3000;
/** The processes of another machine cannot be asked for: its lock counts as left behind after so many milliseconds. */
const SILENCE = 15_000;
/** So many blanks stand in the lock: room that can be given back when the disk is full, so that the journal can be folded. */
const RESERVE = 64 * 1024;
/** A lock that is gone is not made anew by that. */
const APPEND = constants.O_WRONLY | constants.O_APPEND;

const held = new Set<string>();
let isWatchingExit = false;

/** A process that ends in the ordinary way leaves no lock behind, even when nobody called `close`. */
const rememberUntilExit = (path: string): void => {
  held.add(path);
  if (isWatchingExit) return;
  isWatchingExit = true;
  process.once('exit', () => {
    for (const left of held) rmSync(left, { force: true });
  });
};

const toOwner = (text: string): Owner | undefined => {
  try {
    const owner = JSON.parse(text);
    return typeof owner?.pid === 'number' ? owner : undefined;
  } catch {
    return undefined;
  }
};

/** Nothing where there is no such file; all other failures go on, since a second try would fail, too. */
const unlessMissing = (error: unknown): undefined => {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
};

const readLock = async (path: string): Promise<string | undefined> =>
  (await readFile(path, 'utf8').catch(unlessMissing))?.trimEnd();

/** The text of a lock; one that is being written just now is empty for a moment. */
const readWhole = async (path: string): Promise<string | undefined> => {
  let text = await readLock(path);
  for (let round = 0; round < 5 && text !== undefined && !toOwner(text); round += 1) {
    await wait(20);
    text = await readLock(path);
  }
  return text;
};

/** The lock of a data file: one process owns a file. */
export class FileLock {
  readonly #file: string;
  readonly #path: string;
  /** What this lock says: another one of the same process says something else. */
  readonly #text: string = JSON.stringify({ ...thisProcess(), id: randomUUID() });
  #isHeld = false;
  #heartbeat: ReturnType<typeof setInterval> | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#path = `${file}.lock`;
  }

  /** Whether the lock was taken; somebody may have deleted it since. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Takes the lock, or makes sure that it is still held. Throws an error that names the process that holds it instead. */
  async ensure(): Promise<void> {
    try {
      if (this.#isHeld && (await readLock(this.#path)) === this.#text) return;
      this.#forget();
      await this.#take();
    } catch (error) {
      throw codeOf(error) === undefined ? error : fileError('open', this.#file, error);
    }
    this.#isHeld = true;
    rememberUntilExit(this.#path);
    await this.keepRoom();
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT).unref();
  }

  async #take(): Promise<void> {
    while (!(await this.#create(this.#text))) {
      const found = await readWhole(this.#path);
      if (found === undefined) continue;
      if (found === this.#text) break; // its folder was away, and is back
      const owner = toOwner(found);
      if (owner && (await this.#isInUse(owner))) throw this.#refusal(owner);
      await this.#takeAway(found);
    }
  }

  /** Sets room on the disk aside for bad times, if there is any. */
  async keepRoom(): Promise<void> {
    await this.giveRoom(); // so that there is never more of it, nor half of it when it cannot be had
    try {
      await appendFile(this.#path, ' '.repeat(RESERVE), { flag: APPEND });
    } catch {
      await this.giveRoom();
    }
  }

  /** Gives the room back that was set aside. */
  async giveRoom(): Promise<void> {
    try {
      const isMine = (await readLock(this.#path)) === this.#text;
      if (isMine) await truncate(this.#path, Buffer.byteLength(this.#text));
    } catch {} // it is a reserve, and nothing more
  }

  async release(): Promise<void> {
    this.#forget();
    const found = await readLock(this.#path).catch(() => undefined); // it has ended, whoever can read the lock
    if (found === this.#text) await rm(this.#path, { force: true });
  }

  #forget(): void {
    clearInterval(this.#heartbeat);
    held.delete(this.#path);
    this.#isHeld = false;
  }

  #beat(): void {
    const now = new Date();
    utimes(this.#path, now, now).catch(() => undefined); // `ensure` looks before the next write of the file
  }

  /** Whether the lock could be made; false when there is one already. */
  async #create(text: string): Promise<boolean> {
    try {
      await writeFile(this.#path, text, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      if (codeOf(error) === 'ENOSPC') await rm(this.#path, { force: true });
      throw fileError('open', this.#file, error);
    }
  }

  async #isInUse(owner: Owner): Promise<boolean> {
    if (owner.host === thisProcess().host) return isRunning(owner);
    const last = await stat(this.#path).catch(() => undefined);
    return last !== undefined && Date.now() - last.mtimeMs < SILENCE;
  }

  #refusal({ pid, host, since }: Owner): Error {
    const mine = thisProcess();
    const who =
      host !== mine.host
        ? `process ${pid} on ${host} uses it`
        : pid === mine.pid
          ? 'this process uses it'
          : `process ${pid} uses it`;
    return new UserError(
      `Failed to open ${this.#file}: ${who} since ${since}. Stop that one first, or choose another file`,
    );
  }

  /** Takes a dead process's lock out of the way; two who try at once take only one lock away, and never a new one. */
  async #takeAway(text: string): Promise<void> {
    const aside = `${this.#path}.${process.pid}`;
    await rename(this.#path, aside).catch(unlessMissing);
    const taken = await readLock(aside);
    if (taken !== undefined && taken !== text) await rename(aside, this.#path);
    else await rm(aside, { force: true });
  }
}
