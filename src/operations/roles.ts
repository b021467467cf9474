import { ParseError } from '../parse/error.ts';
import { isFieldOperation } from '../parse/field-ops.ts';
import type { Json, ParseRecord } from '../parse/record.ts';
import type { Reader } from '../store/store.ts';
import type { Context } from './context.ts';
import type { ClassRules, Prepared, Write } from './objects/stages.ts';

const REQUIRED = ['name', 'ACL'] as const;

const isRemoved = (value: Json | undefined): boolean => isFieldOperation(value) && value.__op === 'Delete';

const checkUnused = ({ name, objectId }: ParseRecord, reader: Reader): void => {
  if (typeof name !== 'string') return;
  if (reader.lookUp('_Role', 'name', name).some((role) => role.objectId !== objectId)) {
    throw new ParseError('DUPLICATE_VALUE', 'A duplicate value for a field with unique values was provided');
  }
};

const prepare = (write: Write): Prepared => {
  const { fields, isNew } = write;
  const missing = REQUIRED.find((name) => (isNew ? !fields[name] : isRemoved(fields[name])));
  if (missing) throw new ParseError('INCORRECT_TYPE', `${missing} is required.`);
  // Only who may write the role is told that the name is taken.
  return { write, afterWrite: (record, transaction) => void checkUnused(record, transaction) };
};

/** A role is made with a name and an ACL, which it cannot lose again; no other role has its name. */
export const ROLE_RULES: ClassRules<Context> = { stages: [(write) => ({ write, prepare })] };
