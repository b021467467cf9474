import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isObject } from '../../../parse/record.ts';
import { codeOf } from '../../json/file-error.ts';
import { syncFolder } from '../atomic-write.ts';
import { writeAll } from '../journal/journal.ts';
import { FIRST_SUM, readLine, toLines } from '../journal/lines.ts';
import { type FileIdentity, toIdentity } from '../snapshot-file.ts';

/**
 * Where the content of a file stands while it is written over: its first `start` bytes, and those from `end` to `size`. What is
 * between them is a gap, which means nothing.
 */
export type Gap = { readonly start: number; readonly end: number; readonly size: number };

/** Where a gap is noted: beside the file, as long as it has one. */
export const notesOf = (path: string): string => `${path}.gap`;

/** Two notes take turns, so that one of them is whole at any time. */
const NOTE_LENGTH = 256;

/** How much is moved at a time, and held in memory. */
const PIECE = 1024 * 1024;

type Note = { readonly turn: number; readonly gap: Gap };

const toNote = (bytes: Buffer): Note | undefined => {
  const line = readLine(bytes.subarray(0, Math.max(0, bytes.indexOf('\n'))), FIRST_SUM);
  const { turn, start, end, size } = typeof line !== 'string' && isObject(line.value) ? line.value : {};
  if (typeof turn !== 'number' || typeof start !== 'number') return undefined;
  if (typeof end !== 'number' || typeof size !== 'number') return undefined;
  return { turn, gap: { start, end, size } };
};

/** The last note about the gap of a file that was made whole; undefined when there is none. */
const readNote = async (path: string): Promise<Note | undefined> => {
  const bytes = await readFile(notesOf(path)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const notes = [0, NOTE_LENGTH].flatMap((at) => toNote(bytes.subarray(at, at + NOTE_LENGTH)) ?? []);
  return notes.sort((one, other) => other.turn - one.turn)[0];
};

/** The gap that a file has; undefined when it has none. */
export const readGap = async (path: string): Promise<Gap | undefined> => (await readNote(path))?.gap;

/** The content of a file with a gap, given all of its bytes. */
export const withoutGap = (bytes: Buffer, { start, end }: Gap): Buffer =>
  Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);

/** Says that a file has no gap any more. */
export const forgetGap = (path: string): Promise<void> => rm(notesOf(path), { force: true });

/**
 * A file that is written over with a gap going through it. Each step writes into the gap, makes that safe and then notes where
 * the gap stands now: at whichever call a crash comes, the last note tells where all of the content is.
 */
export class GappedFile {
  readonly #file: FileHandle;
  readonly #notes: FileHandle;
  #turn: number;
  #gap: Gap;

  private constructor(file: FileHandle, notes: FileHandle, { turn, gap }: Note) {
    this.#file = file;
    this.#notes = notes;
    this.#turn = turn;
    this.#gap = gap;
  }

  static async #with(path: string, flags: string, note: Note): Promise<GappedFile> {
    const file = await open(path, 'r+');
    try {
      return new GappedFile(file, await open(notesOf(path), flags, 0o600), note);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Opens a gap of that many bytes at the end of a file that has none. When there is no room for it, the file stays as it was. */
  static async make(path: string, length: number): Promise<GappedFile> {
    await forgetGap(path);
    const gapped = await GappedFile.#with(path, 'wx', { turn: 0, gap: { start: 0, end: 0, size: 0 } });
    const { size } = await gapped.#file.stat();
    try {
      await gapped.#note({ start: size, end: size + length, size: size + length });
      await syncFolder(dirname(path));
      // a text of JSON may end in blanks: until the gap moves, everybody can read the file
      for (let done = 0; done < length; done += PIECE)
        await writeAll(gapped.#file, Buffer.alloc(Math.min(PIECE, length - done), ' '), size + done);
      await gapped.#file.datasync();
      return gapped;
    } catch (error) {
      await gapped.#file.truncate(size).catch(() => undefined);
      await gapped.release();
      await forgetGap(path);
      throw error;
    }
  }

  /** Goes on with the gap that the file has; undefined when it has none. */
  static async resume(path: string): Promise<GappedFile | undefined> {
    const note = await readNote(path);
    return note && GappedFile.#with(path, 'r+', note);
  }

  /** How many bytes may be put. */
  get room(): number {
    return this.#gap.end - this.#gap.start;
  }

  /** Moves the gap to the beginning. */
  async moveToStart(): Promise<void> {
    while (this.#gap.start > 0) {
      const { start, end, size } = this.#gap;
      const length = Math.min(start, this.room, PIECE);
      await this.#copy(start - length, end - length, length);
      await this.#note({ start: start - length, end: end - length, size });
    }
  }

  /** Puts bytes before the gap, and lets go of so many behind it. */
  async put(bytes: Uint8Array, letGo: number): Promise<void> {
    const { start, end, size } = this.#gap;
    if (bytes.length > this.room) throw new Error('Failed to write into a gap: it is too narrow');
    await writeAll(this.#file, bytes, start);
    await this.#file.datasync();
    await this.#note({ start: start + bytes.length, end: end + letGo, size });
  }

  /** Moves the gap to the end and cuts it off. Returns which file stands there then; `forgetGap` is still to come. */
  async close(): Promise<FileIdentity> {
    while (this.room > 0 && this.#gap.end < this.#gap.size) {
      const { start, end, size } = this.#gap;
      const length = Math.min(size - end, this.room, PIECE);
      await this.#copy(end, start, length);
      await this.#note({ start: start + length, end: end + length, size });
    }
    await this.#file.truncate(this.room > 0 ? this.#gap.start : this.#gap.size);
    await this.#file.sync();
    return toIdentity(await this.#file.stat({ bigint: true }));
  }

  /** Closes the files, whatever stands in them. */
  async release(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await this.#notes.close().catch(() => undefined);
  }

  async #copy(from: number, to: number, length: number): Promise<void> {
    const bytes = Buffer.alloc(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, length - done, from + done);
      if (bytesRead === 0) throw new Error('Failed to move a gap: the file is shorter than it was');
      done += bytesRead;
    }
    await writeAll(this.#file, bytes, to);
    await this.#file.datasync();
  }

  async #note(gap: Gap): Promise<void> {
    const turn = this.#turn + 1;
    const { text } = toLines([JSON.stringify({ turn, ...gap })], FIRST_SUM);
    await writeAll(this.#notes, Buffer.from(text.padEnd(NOTE_LENGTH)), (turn % 2) * NOTE_LENGTH);
    await this.#notes.datasync();
    this.#turn = turn;
    this.#gap = gap;
  }
}
