import { refusal } from '../../parse/error.ts';
import { isFieldOperation } from '../../parse/field-ops.ts';
import type { Json } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import type { Prepared, Stage, Write } from './stages.ts';

const isRemoved = (value: Json | undefined): boolean => isFieldOperation(value) && value.__op === 'Delete';

/** A stage that throws 111 for a new object without one of these fields, and for one that is to lose it. */
export const requires = (names: readonly string[]): Stage<Context> => {
  const prepare = (write: Write): Prepared => {
    const { fields, isNew, className } = write;
    const missing = names.find((name) => (isNew ? !fields[name] : isRemoved(fields[name])));
    if (missing) throw refusal({ fieldMissing: missing, of: className }, 'INCORRECT_TYPE', `${missing} is required.`);
    return { write };
  };
  return (write) => ({ write, prepare });
};
