import { existsSync } from 'node:fs';
import { Low } from 'lowdb';
import type { ApplyExternalChange, Snapshot } from '../../store/persistence.ts';
import { marksOf, Rows } from '../../store/rows.ts';
import { createSerial } from '../../store/serial.ts';
import { codeOf, fileError, isUnwritable, messageOf } from '../json/file-error.ts';
import { locate } from '../json/mistake-place.ts';
import { dropDraft, type Fingerprint, writeDraft } from './atomic-write.ts';
import {
  type Base,
  type FileState,
  journalOf,
  readFileState,
  resolveLink,
  tellTorn,
  toJournalState,
} from './file-state.ts';
import type { JournalCommit } from './group-commit.ts';
import { HandEdits, LateEdit } from './hand-edits.ts';
import { copyDraft, finishCopy, replaceFile } from './in-place.ts';
import { Journal, type JournalMark } from './journal/journal.ts';
import { repairJournal } from './journal/repair.ts';
import { FileLock } from './lock.ts';
import { FOREIGN, setAside } from './set-aside.ts';
import { toJsonChunks } from './snapshot-file.ts';

/** A journal smaller than this is left to grow, however small its file is. */
const JOURNAL_FLOOR = 1024 * 1024;

/** What a data file needs of its owner. */
export type DataFileListeners = {
  readonly warn: (sentence: string) => void;
  /** Who goes on with the state of a file that a person has edited; undefined when nobody would. */
  readonly apply: () => ApplyExternalChange | undefined;
  /** Whether what stands behind the damage in a journal may be set aside. */
  readonly repair?: boolean;
};

/** What becomes the file's new content. */
type NewContent = {
  readonly snapshot: Snapshot;
  /** How much of the journal it holds, asked when it takes the file's place. */
  readonly holds: () => JournalMark;
  readonly onSwap?: () => void;
};

const LATE_EDITS = 3;

/** An open data file with its journal and its lock. */
export class DataFile {
  readonly #path: string;
  readonly #listeners: DataFileListeners;
  readonly #lock: FileLock;
  readonly #edits: HandEdits;
  readonly #journal: Journal;
  readonly #low: Low<Snapshot>;
  /** One new file at a time; and, inside of that, one change of what stands on disk at a time. */
  readonly #folds = createSerial();
  readonly #disk = createSerial();
  #rows: Rows;
  #base: Base;
  #draft: NewContent | undefined;
  /** What the journal held was deleted with it, and stands in memory only. */
  #isLost = false;
  /** What was taken up had to be completed, and stands in memory only: nothing may build on it yet. */
  #isCompleted = false;
  /** The content that the file was being written over with when that failed: it is a mixture until that is done. */
  #unfinished: Fingerprint | undefined;

  private constructor(path: string, listeners: DataFileListeners, lock: FileLock, state: FileState) {
    const { base, rows } = state;
    this.#path = path;
    this.#listeners = listeners;
    this.#lock = lock;
    this.#edits = new HandEdits(path, listeners.apply);
    this.#rows = rows;
    this.#base = base;
    this.#journal = new Journal(journalOf(path), toJournalState(state));
    this.#low = new Low<Snapshot>(
      { read: async () => this.#rows.snapshot(), write: (snapshot) => this.#write(snapshot) },
      {},
    );
  }

  /** Locks and reads the file at the path, and brings it up to date with its journal. Throws a sentence when it cannot. */
  static async open(path: string, listeners: DataFileListeners): Promise<DataFile> {
    const file = await resolveLink(path);
    const lock = new FileLock(file);
    await lock.ensure().catch((error: unknown) => {
      if (!isUnwritable(error)) throw error;
      listeners.warn(`${messageOf(error)}. It is read, but nothing can be kept`);
    });
    try {
      if (listeners.repair) await repairJournal(journalOf(file), listeners.warn);
      await finishCopy(file, journalOf(file), listeners.warn);
      await dropDraft(file);
      const state = await readFileState(file);
      const { journal, replay } = state;
      tellTorn(file, state, listeners.warn);
      const isForeign = replay?.belonging === 'foreign';
      if (isForeign && journal?.entries.length) await setAside(journalOf(file), FOREIGN, listeners.warn);
      if (replay?.belonging === 'edited' && replay.entries.length > 0) {
        listeners.warn(
          `${file} was edited after a crash; the ${replay.entries.length} commits of its journal were applied to it`,
        );
      }
      return new DataFile(file, listeners, lock, isForeign ? { ...state, journal: undefined } : state);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Where the file itself stands. */
  get path(): string {
    return this.#path;
  }

  /** The state; null when there is neither a file nor a journal. */
  async read(): Promise<Snapshot | null> {
    if (this.#base.fingerprint === null && this.#journal.mark.entries === 0) return null;
    await this.fold().catch((error: unknown) => this.#listeners.warn(messageOf(error)));
    return this.#rows.snapshot();
  }

  /** Whether the journal has outgrown the file. */
  get isJournalLarge(): boolean {
    return this.#journal.mark.bytes > Math.max(JOURNAL_FLOOR, this.#base.identity?.size ?? 0);
  }

  /** Adds the commits to the journal: all of them or, when it rejects, none. */
  async append(commits: readonly JournalCommit[]): Promise<void> {
    const add = async (): Promise<boolean> => {
      if (this.#isCompleted) return false;
      await this.#journal.append(commits.map(({ json }) => json));
      for (const { changes } of commits) this.#rows.apply(changes);
      return true;
    };
    do await this.#repair();
    while (!(await this.#disk(add)));
  }

  /** Puts the snapshot in place of all that was written. */
  replace(snapshot: Snapshot): Promise<void> {
    const rows = new Rows(snapshot);
    const onSwap = (): void => {
      this.#rows = rows;
    };
    return this.#folds(() => this.#save({ snapshot, holds: () => this.#journal.mark, onSwap }));
  }

  /** Brings the file up to date with its journal, and takes up what a person has changed in it. */
  fold(): Promise<void> {
    return this.#folds(() => this.#bringUpToDate());
  }

  /** Brings the file up to date and lets go of it. What cannot be folded now stays in the journal. */
  async close(): Promise<void> {
    await this.fold().catch((error: unknown) => this.#listeners.warn(messageOf(error)));
    const isDone = this.#journal.mark.entries === 0 && this.#unfinished === undefined;
    await (this.#lock.isHeld && isDone ? this.#journal.remove() : this.#journal.close());
    await this.#lock.release();
  }

  get #isMissing(): boolean {
    return this.#base.fingerprint !== null && !existsSync(this.#path);
  }

  /** Sees to it that what is acknowledged now can be found again: somebody may have deleted the file or its journal. */
  async #repair(): Promise<void> {
    if (!this.#lock.isHeld) await this.#lock.ensure();
    if (this.#journal.isGone) {
      this.#isLost ||= this.#journal.mark.entries > 0;
      await this.#disk(() => this.#journal.leave());
    }
    if (this.#isUnsafe) await this.#folds(() => this.#bringUpToDate());
  }

  /** Whether something that nobody may lose stands in memory only. */
  get #isUnsafe(): boolean {
    return this.#isLost || this.#isMissing || this.#isCompleted;
  }

  async #bringUpToDate(): Promise<void> {
    for (let round = 1; ; round += 1) {
      try {
        await this.#applyEdit();
        if (this.#journal.mark.entries > 0 || this.#isUnsafe) await this.#saveAll();
        return;
      } catch (error) {
        if (!(error instanceof LateEdit) || round === LATE_EDITS) throw error;
      }
    }
  }

  async #saveAll(): Promise<void> {
    // together, so that the rows hold what the mark says
    const { snapshot, mark } = await this.#disk(async () => ({
      snapshot: this.#rows.snapshot(),
      mark: this.#journal.mark,
    }));
    await this.#save({ snapshot, holds: () => mark });
    this.#isLost = false;
    this.#isCompleted = false;
  }

  async #save(draft: NewContent): Promise<void> {
    this.#draft = draft;
    this.#low.data = draft.snapshot;
    try {
      await this.#low.write();
    } finally {
      this.#draft = undefined;
      this.#low.data = {};
    }
  }

  /** What lowdb calls to write: a draft first, while commits go on, then the swap. */
  async #write(snapshot: Snapshot): Promise<void> {
    await this.#lock.ensure();
    try {
      await this.#finish();
      const fingerprint = await writeDraft(this.#path, toJsonChunks(snapshot));
      await this.#disk(() => this.#swap(snapshot, fingerprint));
    } catch (error) {
      throw codeOf(error) === undefined ? error : fileError('write', this.#path, error);
    } finally {
      if (this.#unfinished === undefined) await dropDraft(this.#path);
    }
  }

  async #swap(snapshot: Snapshot, fingerprint: Fingerprint): Promise<void> {
    if (await this.#findEdit()) await this.#stepBack();
    const mark = this.#draft?.holds() ?? this.#journal.mark;
    let { identity } = this.#base;
    // The same content again needs no swap; and a fold line must never name the content that the journal builds on.
    if (fingerprint !== this.#base.fingerprint || this.#isMissing) {
      const fold = { into: fingerprint, entries: mark.entries };
      await this.#journal.announce(fold);
      identity = await replaceFile(this.#path, identity, async () => {
        await this.#journal.announce({ ...fold, copied: true });
        this.#unfinished = fingerprint;
      });
      if (!identity) throw new LateEdit();
      this.#unfinished = undefined;
    }
    this.#base = { fingerprint, identity };
    this.#draft?.onSwap?.();
    await this.#journal.restart({ journal: 2, base: fingerprint, marks: marksOf(snapshot) }, mark);
  }

  /** Whether a person has changed the file since it was read or written. Throws an error when it cannot be read any more. */
  async #findEdit(): Promise<boolean> {
    await this.#finish();
    const found = await this.#edits.find(this.#base);
    if (found !== 'edited') this.#base = found;
    return found === 'edited';
  }

  /** What stands in the file by half is written to its end first: the draft is all that holds it whole. */
  async #finish(): Promise<void> {
    const fingerprint = this.#unfinished;
    if (fingerprint === undefined) return;
    this.#base = { fingerprint, identity: await copyDraft(this.#path) };
    this.#unfinished = undefined;
  }

  /** An edit stands where a new file should: it is taken up first. Where all is replaced, it is kept beside the file. */
  async #stepBack(): Promise<void> {
    if (!this.#listeners.apply()) await this.#edits.refuseAsUnheard(journalOf(this.#path));
    if (!this.#draft?.onSwap) throw new LateEdit();
    await setAside(this.#path, 'was changed by hand a moment before all was replaced', this.#listeners.warn);
  }

  /** The edited file with the entries of the journal applied to it becomes the state, if somebody goes on with it. */
  async #applyEdit(): Promise<void> {
    if (!(await this.#findEdit())) return;
    const apply = this.#listeners.apply();
    if (!apply) return this.#edits.refuseAsUnheard(journalOf(this.#path));
    await this.#disk(async () => {
      const state = await readFileState(this.#path);
      const found = state.rows.snapshot();
      const kept = await apply(found).catch(async (error: unknown) =>
        this.#edits.refuse(state.base.identity, await locate(this.#path, error)),
      );
      await this.#goOnWith(state, kept === found ? state.rows : new Rows(kept));
      this.#isCompleted = kept !== found;
    });
  }

  async #goOnWith({ base, header, journal, replay }: FileState, rows: Rows): Promise<void> {
    const isForeign = replay?.belonging === 'foreign';
    if (isForeign && journal?.entries.length) await setAside(journalOf(this.#path), FOREIGN, this.#listeners.warn);
    if (isForeign || this.#journal.mark.entries === 0) await this.#journal.leave(header);
    this.#rows = rows;
    this.#base = base;
  }
}
