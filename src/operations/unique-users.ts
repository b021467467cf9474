import { ParseError } from '../parse/error.ts';
import type { Json } from '../parse/record.ts';
import { foldCase } from '../store/indexes.ts';
import type { Reader } from '../store/store.ts';

const isTaken = (field: 'username' | 'email', value: string, objectId: string, reader: Reader): boolean =>
  reader.lookUp('_User', field, foldCase(value)).some((user) => user.objectId !== objectId);

/** Throws 202 when another user has the name, in any letter case. */
export const checkUsername = (username: Json | undefined, objectId: string, reader: Reader): void => {
  if (typeof username === 'string' && username !== '' && isTaken('username', username, objectId, reader)) {
    throw new ParseError('USERNAME_TAKEN', 'Account already exists for this username.');
  }
};

/** Throws 125 for what is no address, 203 when another user has the address, in any letter case. */
export const checkEmail = (email: Json | undefined, objectId: string, reader: Reader): void => {
  if (typeof email !== 'string' || email === '') return;
  // Parse looks for an @ with something on both sides, and for no more.
  if (!/^.+@.+$/.test(email)) throw new ParseError('INVALID_EMAIL_ADDRESS', 'Email address format is invalid.');
  if (isTaken('email', email, objectId, reader)) {
    throw new ParseError('EMAIL_TAKEN', 'Account already exists for this email address.');
  }
};
