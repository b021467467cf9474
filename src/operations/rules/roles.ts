import { duplicateValue } from '../../parse/error.ts';
import type { ParseRecord } from '../../parse/record.ts';
import type { Reader } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { requires } from '../objects/required.ts';
import type { ClassRules, Prepared, Write } from '../objects/stages.ts';

const checkUnused = ({ name, objectId }: ParseRecord, reader: Reader): void => {
  if (typeof name !== 'string') return;
  if (reader.lookUp('_Role', 'name', name).some((role) => role.objectId !== objectId)) {
    throw duplicateValue();
  }
};

// Only who may write the role is told that the name is taken.
const prepare = (write: Write): Prepared => ({
  write,
  afterWrite: (record, transaction) => void checkUnused(record, transaction),
});

/** A role is made with a name and an ACL, which it cannot lose again; no other role has its name. */
export const ROLE_RULES: ClassRules<Context> = {
  stages: [requires(['name', 'ACL']), (write) => ({ write, prepare })],
};
