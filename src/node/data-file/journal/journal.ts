import { constants, fstatSync, statSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from '../../json/file-error.ts';
import { swapIn, syncFolder, writeDraft } from '../atomic-write.ts';
import { FIRST_SUM, type Fold, type JournalHeader, type Sum, toJson, toLines } from './lines.ts';

/** A place in the journal: so many entries, so many bytes. */
export type JournalMark = { readonly entries: number; readonly bytes: number };

/** Where a journal stands, so that it can be carried on. */
export type JournalState = JournalMark & { readonly header: JournalHeader; readonly sum: Sum };

/** A journal that holds nothing yet. */
export const emptyJournal = (header: JournalHeader): JournalState => ({
  header: { ...header, journal: 2 },
  entries: 0,
  bytes: 0,
  sum: FIRST_SUM,
});

/** Writes all of the bytes at that place of the file. */
export const writeAll = async (handle: FileHandle, bytes: Uint8Array, from: number): Promise<void> => {
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

  /** Adds one line for the JSON of each commit, safely on disk when it resolves; all of them or, when it rejects, none. */
  async append(jsons: readonly string[]): Promise<void> {
    await this.#write(jsons);
    this.#state = { ...this.#state, entries: this.#state.entries + jsons.length };
  }

  /** Says which file is about to hold the first entries. */
  async announce(fold: Fold): Promise<void> {
    if (this.#state.bytes > 0 || fold.copied) await this.#write([JSON.stringify(fold)]);
  }

  /**
   * Begins anew on another content of the data file, with the entries behind `mark` only. When that fails it goes on as it
   * is: the fold was announced, so that nothing is applied twice.
   */
  async restart(header: JournalHeader, mark: JournalMark): Promise<void> {
    try {
      const rest = this.#state.entries - mark.entries;
      this.#state = rest > 0 ? await this.#keepRest(header, mark) : await this.#clear(header);
    } catch {
      // the next fold tries again
    }
  }

  /** Leaves the file to itself and begins a new one; the old one was deleted or set aside. */
  async leave(header: JournalHeader = this.#state.header): Promise<void> {
    await this.close();
    this.#state = emptyJournal(header);
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

  async #write(jsons: readonly string[]): Promise<void> {
    const { header, bytes: before, sum: sumBefore } = this.#state;
    const { text, sum } = toLines(before === 0 ? [JSON.stringify(header), ...jsons] : jsons, sumBefore);
    const bytes = Buffer.from(text);
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
    this.#state = { ...this.#state, bytes: before + bytes.length, sum };
  }

  async #clear(header: JournalHeader): Promise<JournalState> {
    if (this.#state.bytes > 0) await (await this.#open()).truncate(0);
    return emptyJournal(header);
  }

  /** Writes a journal of the late entries alone and puts it in place of this one. */
  async #keepRest(header: JournalHeader, mark: JournalMark): Promise<JournalState> {
    const late = Buffer.alloc(this.#state.bytes - mark.bytes);
    await (await this.#open()).read(late, 0, late.length, mark.bytes);
    const isEntry = (line: string): boolean => line.startsWith('[');
    const jsons = late.toString('utf8').split('\n').filter(isEntry).map(toJson);
    const empty = emptyJournal(header);
    const { text, sum } = toLines([JSON.stringify(empty.header), ...jsons], empty.sum);
    await writeDraft(this.#path, [text]);
    await swapIn(this.#path);
    await this.close();
    return { header: empty.header, entries: jsons.length, bytes: Buffer.byteLength(text), sum };
  }
}
