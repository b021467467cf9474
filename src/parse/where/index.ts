import { isObject, type Json, type JsonObject } from '../record.ts';
import { isAtom, isConstraint, own } from './values.ts';

const pinnedBy = (value: Json): readonly Json[] | undefined => {
  const equal = isConstraint(value) ? value['$eq'] : value;
  const any = isConstraint(value) ? value['$in'] : undefined;
  const wanted: readonly Json[] = equal === undefined && Array.isArray(any) ? any.flat() : [equal ?? null];
  return wanted.every((member) => member !== null && isAtom(member)) ? wanted : undefined;
};

/**
 * The values of which a field must have one for a record to match, when equality, `$eq` or `$in` says so; undefined when
 * any record may match. What matches is still for the compiled predicate to say.
 */
export const indexableValues = (where: JsonObject, field: string): readonly Json[] | undefined => {
  const value = own(where, field);
  const pinned = value === undefined ? undefined : pinnedBy(value);
  if (pinned) return pinned;
  const { $and } = where;
  for (const member of Array.isArray($and) ? $and : []) {
    const values = isObject(member) ? indexableValues(member, field) : undefined;
    if (values) return values;
  }
  return undefined;
};
