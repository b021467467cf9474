import { isEmail } from '../../parse/email.ts';
import { duplicateValue, ParseError } from '../../parse/error.ts';
import type { Json, ParseRecord } from '../../parse/record.ts';
import { foldCase } from '../../store/indexes.ts';
import type { Reader } from '../../store/store.ts';

const isTaken = (field: 'username' | 'email', value: string, objectId: string, reader: Reader): boolean =>
  reader.lookUp('_User', field, foldCase(value)).some((user) => user.objectId !== objectId);

/** Throws 202 when another user has the name, in any letter case. */
export const checkUsername = (username: Json | undefined, objectId: string, reader: Reader): void => {
  if (typeof username === 'string' && username !== '' && isTaken('username', username, objectId, reader)) {
    throw new ParseError('USERNAME_TAKEN', 'Account already exists for this username.');
  }
};

/** Throws 125 for what is not an address, 203 when another user has the address, in any letter case. */
export const checkEmail = (email: Json | undefined, objectId: string, reader: Reader): void => {
  if (typeof email !== 'string' || email === '') return;
  if (!isEmail(email)) throw new ParseError('INVALID_EMAIL_ADDRESS', 'Email address format is invalid.');
  if (isTaken('email', email, objectId, reader)) {
    throw new ParseError('EMAIL_TAKEN', 'Account already exists for this email address.');
  }
};

/**
 * Throws when a user was written that has nothing for a name or an address, as another one has: the database keeps these
 * apart, too. A new one is refused with 202 or 203, a changed one with 137.
 */
export const checkEmpty = (user: ParseRecord, isNew: boolean, reader: Reader): void => {
  for (const field of ['username', 'email'] as const) {
    if (user[field] !== '' || !isTaken(field, '', user.objectId, reader)) continue;
    if (!isNew) {
      throw duplicateValue();
    }
    throw field === 'username'
      ? new ParseError('USERNAME_TAKEN', 'Account already exists for this username.')
      : new ParseError('EMAIL_TAKEN', 'Account already exists for this email address.');
  }
};
