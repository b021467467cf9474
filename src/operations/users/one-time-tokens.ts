import { fromDate, type Json, type JsonObject, type ParseRecord, toDate } from '../../parse/record.ts';
import type { Reader } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { newSecret } from '../random.ts';

/** The hidden fields of a user that keep a token for one use, and its term. */
export type TokenKind = { readonly token: string; readonly expiresAt: string };

/** What the link of a verification mail carries. */
export const VERIFICATION: TokenKind = { token: '_email_verify_token', expiresAt: '_email_verify_token_expires_at' };

/** What the link of a mail that resets a password carries. */
export const RESET: TokenKind = { token: '_perishable_token', expiresAt: '_perishable_token_expires_at' };

/** When a user's token ends; undefined for one without a term. */
export const expiryOf = (user: ParseRecord, { expiresAt }: TokenKind): number | undefined => fromDate(user[expiresAt]);

/** Whether a user has a token that has not expired. One without a term counts as expired. */
export const isInTime = (user: ParseRecord, kind: TokenKind, { clock }: Context): boolean =>
  typeof user[kind.token] === 'string' && (expiryOf(user, kind) ?? 0) > clock.now();

/** A new token, with a term of so many seconds if there are any: the fields to write. */
export const newToken = (kind: TokenKind, seconds: number | undefined, { clock, random }: Context): JsonObject => ({
  [kind.token]: newSecret(random),
  ...(seconds && { [kind.expiresAt]: toDate(clock.now() + seconds * 1000) }),
});

/** The user of a token. It is found by the hash of the whole text, so that the time it takes tells nothing of a token that is nearly right. */
export const findByToken = (token: Json, kind: TokenKind, reader: Reader): ParseRecord | undefined =>
  typeof token === 'string' && token !== '' ? reader.lookUp('_User', kind.token, token)[0] : undefined;

/** The user without a token, once it was used. */
export const withoutToken = (user: ParseRecord, kind: TokenKind): ParseRecord => {
  const { [kind.token]: _, [kind.expiresAt]: __, ...rest } = user;
  return rest as ParseRecord;
};
