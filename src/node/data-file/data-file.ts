import { Low } from 'lowdb';
import { giveAway } from '../../store/frozen.ts';
import type { ApplyExternalChange, Snapshot } from '../../store/persistence.ts';
import { Rows } from '../../store/rows.ts';
import { createSerial } from '../../store/serial.ts';
import { codeOf, fileError, isFull, isUnwritable, messageOf } from '../json/file-error.ts';
import { locate } from '../json/mistake-place.ts';
import { dropDraft, type Fingerprint, writeDraft } from './atomic-write.ts';
import { type FileState, journalOf, readFileState, resolveLink, toJournalState } from './file-state.ts';
import type { JournalCommit } from './group-commit.ts';
import { LateEdit } from './hand-edits.ts';
import { Journal, type JournalMark } from './journal/journal.ts';
import { toEntryJson } from './journal/lines.ts';
import { FileLock } from './lock.ts';
import { readForUse, unkeptMessage } from './opening.ts';
import { FOREIGN, setAside } from './set-aside.ts';
import { toJsonChunks } from './snapshot-file.ts';
import { StoredFile } from './stored-file.ts';

/** A journal smaller than this is left to grow, however small its file is. */
const JOURNAL_FLOOR = 1024 * 1024;

/** What a data file needs of its owner. */
export type DataFileListeners = {
  readonly warn: (message: string) => void;
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
  readonly #listeners: DataFileListeners;
  readonly #lock: FileLock;
  readonly #file: StoredFile;
  readonly #journal: Journal;
  readonly #low: Low<NewContent>;
  /** One new file at a time; and, inside of that, one change of what stands on disk at a time. */
  readonly #folds = createSerial();
  readonly #disk = createSerial();
  #rows: Rows;
  /** What the journal held was deleted with it, and stands in memory only. */
  #isLost = false;
  /** What was taken up had to be completed, and stands in memory only: nothing may build on it yet. */
  #isCompleted = false;
  /** How long the journal was when there was no room to fold it. */
  #fullAt: number | undefined;

  private constructor(path: string, listeners: DataFileListeners, lock: FileLock, state: FileState) {
    const { base, rows, header, journal } = state;
    this.#listeners = listeners;
    this.#lock = lock;
    this.#rows = rows;
    this.#journal = new Journal(journalOf(path), toJournalState(header, journal));
    this.#file = new StoredFile(path, base, this.#journal, listeners.apply);
    this.#low = new Low<NewContent>(
      { read: async () => this.#contentOf(this.#rows.snapshot()), write: (content) => this.#write(content) },
      this.#contentOf({}),
    );
  }

  /** Locks and reads the file at the path, and brings it up to date with its journal. Throws an error when it cannot. */
  static async open(path: string, listeners: DataFileListeners): Promise<DataFile> {
    const file = await resolveLink(path);
    const lock = new FileLock(file);
    await lock.ensure().catch((error: unknown) => {
      if (!isUnwritable(error)) throw error;
      listeners.warn(unkeptMessage(error));
    });
    try {
      return new DataFile(file, listeners, lock, await readForUse(file, listeners));
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** Where the file itself stands. */
  get path(): string {
    return this.#file.path;
  }

  /** The state; null when there is neither a file nor a journal. */
  async read(): Promise<Snapshot | null> {
    if (this.#file.base.fingerprint === null && this.#journal.mark.entries === 0) return null;
    await this.fold().catch((error: unknown) => this.#listeners.warn(messageOf(error)));
    return this.#rows.snapshot();
  }

  /** Whether the journal has outgrown the file. */
  get isJournalLarge(): boolean {
    return this.#journal.mark.bytes > Math.max(JOURNAL_FLOOR, this.#file.base.identity?.size ?? 0);
  }

  /** Adds the commits to the journal: all of them or, when it rejects, none. */
  async append(commits: readonly JournalCommit[]): Promise<void> {
    try {
      await this.#add(commits);
    } catch (error) {
      if (!isFull(error) || !(await this.#makeRoom())) throw error;
      await this.#add(commits);
    }
  }

  /** Returns whether the journal could be folded. What failed is not tried again before something has changed. */
  async #makeRoom(): Promise<boolean> {
    if (this.#fullAt === this.#journal.mark.bytes) return false;
    this.#fullAt = this.#journal.mark.bytes;
    const isDone = await this.fold().then(
      () => true,
      () => false,
    );
    if (isDone) this.#fullAt = undefined;
    return isDone;
  }

  async #add(commits: readonly JournalCommit[]): Promise<void> {
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
    return this.#folds(async () => {
      try {
        await this.#save({ ...this.#contentOf(snapshot), onSwap });
      } catch (error) {
        if (!isFull(error)) throw error;
        await this.#replaceByChanges(snapshot, error);
      }
    });
  }

  /** Where there is no room for a new file, there may be for what is new in it. */
  async #replaceByChanges(snapshot: Snapshot, error: unknown): Promise<void> {
    await this.#disk(async () => {
      const changes = this.#isUnsafe || (await this.#file.findEdit()) ? undefined : this.#rows.changesTo(snapshot);
      if (!changes) throw error;
      await this.#journal.append([toEntryJson(changes)]);
      this.#rows.apply(changes);
    });
  }

  /** Brings the file up to date with its journal, and takes up what a person has changed in it. */
  fold(): Promise<void> {
    return this.#folds(() => this.#bringUpToDate());
  }

  /** Brings the file up to date and lets go of it. What cannot be folded now stays in the journal. */
  async close(): Promise<void> {
    await this.fold().catch((error: unknown) => this.#listeners.warn(messageOf(error)));
    const isDone = this.#journal.mark.entries === 0 && !this.#file.isMixture;
    await (this.#lock.isHeld && isDone ? this.#journal.remove() : this.#journal.close());
    await this.#lock.release();
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
    return this.#isLost || this.#file.isMissing || this.#isCompleted;
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
    try {
      await this.#saveAllAnew();
    } catch (error) {
      if (!isFull(error) || this.#isUnsafe || this.#file.base.fingerprint === null) throw error;
      await this.#disk(() => this.#saveAllInPlace(error));
    }
    this.#isLost = false;
    this.#isCompleted = false;
  }

  /** Without a second copy of the file. Commits wait, so that the journal is empty afterwards and its room free. */
  async #saveAllInPlace(error: unknown): Promise<void> {
    await this.#lock.giveRoom();
    try {
      const content = { snapshot: this.#rows.snapshot(), mark: this.#journal.mark };
      if (!(await this.#file.foldInPlace(content))) throw error;
    } catch (failure) {
      throw codeOf(failure) === undefined ? failure : fileError('write', this.path, failure);
    } finally {
      await this.#lock.keepRoom();
    }
  }

  async #saveAllAnew(): Promise<void> {
    // together, so that the rows hold what the mark says
    const { snapshot, mark } = await this.#disk(async () => ({
      snapshot: this.#rows.snapshot(),
      mark: this.#journal.mark,
    }));
    await this.#save({ snapshot, holds: () => mark });
  }

  #contentOf(snapshot: Snapshot): NewContent {
    return { snapshot, holds: () => this.#journal.mark };
  }

  async #save(content: NewContent): Promise<void> {
    this.#low.data = content;
    try {
      await this.#low.write();
    } finally {
      this.#low.data = this.#contentOf({}); // nobody holds on to it
    }
  }

  /** What lowdb calls to write the content that it is handed: a draft first, while commits go on, then the swap. */
  async #write(content: NewContent): Promise<void> {
    await this.#lock.ensure();
    try {
      await this.#file.finish();
      const fingerprint = await writeDraft(this.path, toJsonChunks(content.snapshot));
      await this.#disk(() => this.#swap(content, fingerprint));
    } catch (error) {
      throw codeOf(error) === undefined ? error : fileError('write', this.path, error);
    } finally {
      if (!this.#file.isMixture) await dropDraft(this.path);
    }
  }

  async #swap({ snapshot, holds, onSwap }: NewContent, fingerprint: Fingerprint): Promise<void> {
    if (await this.#file.findEdit()) await this.#stepBack(onSwap !== undefined);
    await this.#file.swap(fingerprint, { snapshot, mark: holds() }, onSwap);
  }

  /** An edit stands where a new file should: it is taken up first. Where all is replaced, it is kept beside the file. */
  async #stepBack(isAllReplaced: boolean): Promise<void> {
    if (!this.#listeners.apply()) await this.#file.edits.refuseAsUnheard(journalOf(this.path));
    if (!isAllReplaced) throw new LateEdit();
    await setAside(this.path, 'was changed by hand a moment before all was replaced', this.#listeners.warn);
  }

  /** The edited file with the entries of the journal applied to it becomes the state, if somebody goes on with it. */
  async #applyEdit(): Promise<void> {
    if (!(await this.#file.findEdit())) return;
    const apply = this.#listeners.apply();
    if (!apply) return this.#file.edits.refuseAsUnheard(journalOf(this.path));
    await this.#disk(async () => {
      const state = await readFileState(this.path);
      const found = state.rows.snapshot();
      const kept = await apply(giveAway(found)).catch(async (error: unknown) =>
        this.#file.edits.refuse(state.base.identity, await locate(this.path, error)),
      );
      await this.#goOnWith(state, kept === found ? state.rows : new Rows(kept));
      this.#isCompleted = kept !== found;
    });
  }

  async #goOnWith({ base, header, journal, replay }: FileState, rows: Rows): Promise<void> {
    const isForeign = replay?.belonging === 'foreign';
    if (isForeign && journal?.entries.length) await setAside(journalOf(this.path), FOREIGN, this.#listeners.warn);
    if (isForeign || this.#journal.mark.entries === 0) await this.#journal.leave(header);
    this.#rows = rows;
    this.#file.take(base);
  }
}
