import type { ParseRecord } from '../parse/record.ts';
import type { Change } from './persistence.ts';

/** What became of one record by a commit. */
export type Happening = {
  /** The class of the record; `_SCHEMA` for a class itself, whose name is then the object id. */
  readonly className: string;
  /** The id of the record. */
  readonly objectId: string;
  /** What was done to it. */
  readonly deed: 'create' | 'update' | 'delete';
};

/** What the changes of a commit did, given what there was before each. */
export const toHappenings = (
  changes: readonly Change[],
  undo: readonly { readonly before: ParseRecord | undefined }[],
): Happening[] =>
  changes.map(({ className, objectId, record }, i) => ({
    className,
    objectId,
    deed: record ? (undo[i]?.before ? 'update' : 'create') : 'delete',
  }));
