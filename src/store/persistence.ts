import type { Json, JsonObject } from '../parse/record.ts';

/**
 * The whole state as plain JSON: `schemas` as REST `/schemas` has them, then the records by class name (`_User`, `Todo`,
 * `_Join:users:_Role` …). A data file is a snapshot, and a snapshot is a fixture.
 */
export type Snapshot = { readonly [className: string]: readonly JsonObject[] };

/** One record that a transaction wrote (`record`) or deleted (`record: null`). `className` is `_SCHEMA` for a class schema. */
export type Change = {
  /** The class of the record; `_Join:users:_Role` and its like hold the members of relations. */
  readonly className: string;
  /** The id of the record in its class; the class's name where `className` is `_SCHEMA`. */
  readonly objectId: string;
  /** The whole record as it is from now on, internal fields such as `_hashed_password` among it; null: it is gone. */
  readonly record: { readonly [key: string]: Json } | null;
};

/** Takes up a state and returns it as it is to be kept; rejects when it cannot go on with it. */
export type ApplyExternalChange = (found: Snapshot) => Promise<Snapshot>;

/** Where the state is kept. The store reads once, at its start, and appends each commit before the request is answered. */
export interface Persistence {
  /** The state of last time; null when there is none yet. Rejects with an error when it cannot be read. */
  read(): Promise<Snapshot | null>;
  /** Resolves when the changes are safe. A rejection means that none of them is kept. */
  append(changes: readonly Change[]): Promise<void>;
  /** Called by `reset`, `restore` and hand-made replacement of the whole state. */
  replace(snapshot: Snapshot): Promise<void>;
  /**
   * Calls `apply` with a state that was changed where it is kept: by a person in an editor, or by another page. Commits that
   * are not safe yet come on top of it.
   */
  onExternalChange?(apply: ApplyExternalChange): void;
  /** Called once, by `emulator.close()`, when all that was appended is safe. */
  close?(): Promise<void>;
}
