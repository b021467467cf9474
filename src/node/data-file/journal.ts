import { constants, fstatSync, statSync } from 'node:fs';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, fileError } from '../json/file-error.ts';
import { swapIn, syncFolder, writeDraft } from './atomic-write.ts';
import {
  type Fold,
  type JournalHeader,
  type JournalText,
  parseJournal,
  toFoldLine,
  toHeaderLine,
} from './journal-text.ts';

/** A place in the journal: so many entries, so many bytes. */
export type JournalMark = { readonly entries: number; readonly bytes: number };

/** Reads the journal at the path; undefined when there is none, or nothing in it. Throws a sentence when it cannot be read. */
export const readJournal = async (path: string): Promise<JournalText | undefined> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fileError('read', path, error);
  });
  return text === undefined ? undefined : parseJournal(path, text);
};

/** Where a journal stands, so that it can be carried on. */
export type JournalState = JournalMark & { readonly header: JournalHeader };

const writeAll = async (handle: FileHandle, bytes: Uint8Array, from: number): Promise<void> => {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, from + done);
    done += bytesWritten;
  }
};

/**
 * The file to which each commit adds its line before it is acknowledged. Its callers see to it that no two methods run at
 * once. It is opened at the first write, and written at a known place, so that a write that failed leaves no trace.
 */
export class Journal {
  readonly #path: string;
  #state: JournalState;
  #handle: FileHandle | undefined;
  /** Whether something may stand behind the last whole line. */
  #isTorn = true;

  constructor(path: string, state: JournalState) {
    this.#path = path;
    this.#state = state;
  }

  /** How far it has been written. */
  get mark(): JournalMark {
    return this.#state;
  }

  /** Whether somebody has deleted or moved the file since it was opened: what is written now would not be found again. */
  get isGone(): boolean {
    if (this.#handle === undefined) return false;
    const found = statSync(this.#path, { bigint: true, throwIfNoEntry: false });
    const open = fstatSync(this.#handle.fd, { bigint: true });
    return found?.ino !== open.ino || found.dev !== open.dev;
  }

  /** Adds one line for each commit, safely on disk when it resolves; all of them or, when it rejects, none. */
  async append(lines: readonly string[]): Promise<void> {
    await this.#write(lines.join(''));
    this.#state = { ...this.#state, entries: this.#state.entries + lines.length };
  }

  /** Says which file is about to hold the first entries. */
  async announce(fold: Fold): Promise<void> {
    if (this.#state.bytes > 0) await this.#write(toFoldLine(fold));
  }

  /**
   * Begins anew on another content of the data file, with the entries behind `mark` only. When that fails it goes on as it
   * is: the fold was announced, so that nothing is applied twice.
   */
  async restart(header: JournalHeader, mark: JournalMark): Promise<void> {
    try {
      const rest = this.#state.entries - mark.entries;
      const bytes = rest > 0 ? await this.#keepRest(header, mark) : await this.#clear();
      this.#state = { header, entries: rest, bytes };
    } catch {
      // the next fold tries again
    }
  }

  /** Leaves the file to itself and begins a new one; the old one was deleted or set aside. */
  async leave(header: JournalHeader = this.#state.header): Promise<void> {
    await this.close();
    this.#state = { header, entries: 0, bytes: 0 };
  }

  /** Closes the file; the next write opens it again. */
  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#isTorn = true;
    await handle?.close();
  }

  /** Closes and deletes the file: all of it stands in the data file. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#path, { force: true });
  }

  async #open(): Promise<FileHandle> {
    if (this.#handle) return this.#handle;
    this.#handle = await open(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600);
    await syncFolder(dirname(this.#path));
    return this.#handle;
  }

  async #write(text: string): Promise<void> {
    const { header, bytes: before } = this.#state;
    const bytes = Buffer.from(before === 0 ? toHeaderLine(header) + text : text);
    try {
      const handle = await this.#open();
      if (this.#isTorn) await handle.truncate(before);
      this.#isTorn = true;
      await writeAll(handle, bytes, before);
      await handle.datasync();
    } catch (error) {
      await this.#handle?.truncate(before).catch(() => undefined);
      throw fileError('write', this.#path, error);
    }
    this.#isTorn = false;
    this.#state = { ...this.#state, bytes: before + bytes.length };
  }

  async #clear(): Promise<number> {
    if (this.#state.bytes > 0) await (await this.#open()).truncate(0);
    return 0;
  }

  /** Writes a journal of the late entries alone and puts it in place of this one. */
  async #keepRest(header: JournalHeader, mark: JournalMark): Promise<number> {
    const late = Buffer.alloc(this.#state.bytes - mark.bytes);
    await (await this.#open()).read(late, 0, late.length, mark.bytes);
    const isEntry = (line: string): boolean => line.startsWith('[');
    const lines = late.toString('utf8').split('\n').filter(isEntry);
    const text = toHeaderLine(header) + lines.map((line) => `${line}\n`).join('');
    await writeDraft(this.#path, [text]);
    await swapIn(this.#path);
    await this.close();
    return Buffer.byteLength(text);
  }
}
