import type { ParseRecord } from '../../parse/record.ts';
import { foldCase } from '../../store/indexes.ts';
import type { Context } from '../context.ts';

/** The user who has exactly this username or address, letter case and all; undefined when nobody has. */
export const findUserBy = (
  field: 'username' | 'email',
  value: string,
  { store }: Pick<Context, 'store'>,
): ParseRecord | undefined => store.lookUp('_User', field, foldCase(value)).find((user) => user[field] === value);
