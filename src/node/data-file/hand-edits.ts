import { UserError } from '../../parse/user-error.ts';
import type { ApplyExternalChange } from '../../store/persistence.ts';
import type { Base } from './file-state.ts';
import { type FileIdentity, identify, readSnapshotFile } from './snapshot-file.ts';

/** A person changed the file between the last look at it and the moment in which a new one would take its place. */
export class LateEdit extends Error {
  constructor() {
    super('Failed to write the data file: it is being changed by hand');
  }
}

/** An edit that was looked at and not taken up, and who refused it: a large file is not read again and again for that. */
type Refusal = { readonly key: string; readonly by: ApplyExternalChange | undefined; readonly error: unknown };

/** Looks for what persons do to a data file while it is in use. */
export class HandEdits {
  readonly #path: string;
  readonly #apply: () => ApplyExternalChange | undefined;
  #refusal: Refusal | undefined;

  /** `apply`: who goes on with an edit, if anybody does. */
  constructor(path: string, apply: () => ApplyExternalChange | undefined) {
    this.#path = path;
    this.#apply = apply;
  }

  /**
   * The base as it stands now, or `'edited'` when a person has changed the file since. Throws an error when it cannot be read
   * any more, or when the edit was refused before.
   */
  async find(base: Base): Promise<Base | 'edited'> {
    const identity = await identify(this.#path);
    if (identity === undefined || identity.key === base.identity?.key) return base;
    const refusal = this.#refusal;
    if (refusal?.key === identity.key && refusal.by === this.#apply()) throw refusal.error;
    const content = await readSnapshotFile(this.#path).catch((error: unknown) => this.refuse(identity, error));
    if (content?.fingerprint !== base.fingerprint) return content === null ? base : 'edited';
    return { ...base, identity };
  }

  /** Remembers that nobody takes up the file as it stands, and throws the error that says why. */
  refuse(identity: FileIdentity | undefined, error: unknown): never {
    this.#refusal = { key: identity?.key ?? '', by: this.#apply(), error };
    throw error;
  }

  /** Refuses an edit because nobody is there who would go on with it. */
  async refuseAsUnheard(journal: string): Promise<never> {
    const message =
      `Failed to write ${this.#path}: it was changed by hand while in use. ` +
      `What is written stays in ${journal}, and a restart takes in both`;
    return this.refuse(await identify(this.#path), new UserError(message));
  }
}
