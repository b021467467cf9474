import { ParseError } from '../error.ts';
import { isFieldOperation } from '../field-ops.ts';
import { isObject, type Json } from '../record.ts';
import type { Fields } from './validation.ts';

/** A database's indexes by name: the fields of each, and their directions. */
export type Indexes = { readonly [name: string]: Json };

/** The index that a database has of itself. */
const OF_ITSELF: Indexes = { _id_: { _id: 1 } };

const refused = (message: string): ParseError => new ParseError('INVALID_QUERY', message);

const isRemoval = (index: Json): boolean => isFieldOperation(index) && index.__op === 'Delete';

const checkFields = (index: Json, fields: Fields): void => {
  const unknown = (isObject(index) ? Object.keys(index) : []).find(
    (name) => !Object.hasOwn(fields, name.replace(/^_p_/, '')),
  );
  if (unknown !== undefined) throw refused(`Field ${unknown} does not exist, cannot add index.`);
};

/**
 * The indexes of a class after a change: `{ __op: 'Delete' }` takes one away, the others are added. Throws 102 for one that is
 * there or is not, and for a field that the class does not have.
 */
export const mergeIndexes = (present: Indexes | undefined, given: Indexes, fields: Fields): Indexes => {
  const merged: { [name: string]: Json } = { ...(present && Object.keys(present).length > 0 ? present : OF_ITSELF) };
  for (const [name, index] of Object.entries(given)) {
    const isThere = Object.hasOwn(merged, name);
    if (isRemoval(index)) {
      if (!isThere) throw refused(`Index ${name} does not exist, cannot delete.`);
      delete merged[name];
      continue;
    }
    if (isThere) throw refused(`Index ${name} exists, cannot update.`);
    checkFields(index, fields);
    merged[name] = index;
  }
  return merged;
};
