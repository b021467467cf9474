import { existsSync } from 'node:fs';
import type { ApplyExternalChange, Snapshot } from '../../store/persistence.ts';
import { marksOf } from '../../store/rows.ts';
import type { Fingerprint } from './atomic-write.ts';
import type { Base } from './file-state.ts';
import { HandEdits, LateEdit } from './hand-edits.ts';
import { copyDraft, replaceFile } from './in-place/copy.ts';
import { foldInPlace, mendGap } from './in-place/fold.ts';
import type { Journal, JournalMark } from './journal/journal.ts';

/** A new content of the file, and how much of the journal it holds. */
type Content = { readonly snapshot: Snapshot; readonly mark: JournalMark };

/** The file itself: which content it has, as far as is known, and how it gets another one. No two methods may run at once. */
export class StoredFile {
  readonly path: string;
  readonly edits: HandEdits;
  readonly #journal: Journal;
  #base: Base;
  /** Finishes what failed while the file was being written over: it is a mixture until that is done. */
  #unfinished: (() => Promise<Base>) | undefined;

  constructor(path: string, base: Base, journal: Journal, apply: () => ApplyExternalChange | undefined) {
    this.path = path;
    this.edits = new HandEdits(path, apply);
    this.#base = base;
    this.#journal = journal;
  }

  /** The content that the file was found or written with. */
  get base(): Base {
    return this.#base;
  }

  /** Goes on with a content that somebody else has put there. */
  take(base: Base): void {
    this.#base = base;
  }

  /** Whether somebody has deleted or moved the file. */
  get isMissing(): boolean {
    return this.#base.fingerprint !== null && !existsSync(this.path);
  }

  /** Whether the file is half written. */
  get isMixture(): boolean {
    return this.#unfinished !== undefined;
  }

  /** What stands in the file by half is finished first: nobody could read it. */
  async finish(): Promise<void> {
    if (!this.#unfinished) return;
    this.#base = await this.#unfinished();
    this.#unfinished = undefined;
  }

  /** Whether a person has changed the file since it was read or written. Throws an error when it cannot be read any more. */
  async findEdit(): Promise<boolean> {
    await this.finish();
    const found = await this.edits.find(this.#base);
    if (found !== 'edited') this.#base = found;
    return found === 'edited';
  }

  /** Puts the draft, which has that fingerprint, in place of the file. Throws `LateEdit` when a person was faster. */
  async swap(fingerprint: Fingerprint, { snapshot, mark }: Content, onSwap?: () => void): Promise<void> {
    let { identity } = this.#base;
    // The same content again needs no swap; and a fold line must never name the content that the journal builds on.
    if (fingerprint !== this.#base.fingerprint || this.isMissing) {
      const fold = { into: fingerprint, entries: mark.entries };
      await this.#journal.announce(fold);
      identity = await replaceFile(this.path, identity, async () => {
        await this.#journal.announce({ ...fold, copied: true });
        this.#unfinished = async () => ({ fingerprint, identity: await copyDraft(this.path) });
      });
      if (!identity) throw new LateEdit();
    }
    await this.#goOnFrom({ fingerprint, identity }, { snapshot, mark }, onSwap);
  }

  /**
   * Folds the journal into the file without a second copy of it. Throws `LateEdit` when a person was faster; returns false when
   * the file is laid out so that this cannot be done.
   */
  async foldInPlace({ snapshot, mark }: Content): Promise<boolean> {
    if (await this.findEdit()) throw new LateEdit();
    const announce = (into: Fingerprint): Promise<void> => this.#journal.announce({ into, entries: mark.entries });
    this.#unfinished = () => this.#mendGap();
    try {
      const base = await foldInPlace(this.path, this.#base.fingerprint, snapshot, announce);
      if (base) await this.#goOnFrom(base, { snapshot, mark });
      return base !== undefined;
    } finally {
      await this.finish().catch(() => undefined); // or before the next look at the file
    }
  }

  async #mendGap(): Promise<Base> {
    const announce = (into: Fingerprint): Promise<void> => this.#journal.announce({ into, entries: 0 });
    return (await mendGap(this.path, announce)) ?? this.#base;
  }

  async #goOnFrom(base: Base, { snapshot, mark }: Content, onSwap?: () => void): Promise<void> {
    this.#unfinished = undefined;
    this.#base = base;
    onSwap?.();
    await this.#journal.restart({ journal: 2, base: base.fingerprint, marks: marksOf(snapshot) }, mark);
  }
}
