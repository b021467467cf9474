import { ParseError, permissionDenied } from '../error.ts';
import { isObject, type Json, type JsonObject } from '../record.ts';
import { badQuery, refusedByDatabase, stumble } from '../where-errors.ts';

/** The names that join conditions. */
export const LOGICAL: readonly string[] = ['$or', '$and', '$nor'];

const NAME = /^[a-zA-Z][a-zA-Z0-9_.]*$/;

/** Internal fields of users: the master key may search by them, the maintenance key may write most of them. */
export const INTERNAL_FIELDS: ReadonlySet<string> = new Set(
  [
    '_email_verify_token _email_verify_token_expires_at _perishable_token _perishable_token_expires_at _session_token',
    '_failed_login_count _account_lockout_expires_at _password_changed_at _password_history _tombstone',
  ].flatMap((names) => names.split(' ')),
);

// `$relatedTo` is not a field, but becomes a constraint on one.
const ALWAYS: ReadonlySet<string> = new Set([...LOGICAL, '$relatedTo', '_rperm', '_wperm']);

const isQueryable = (name: string, isMaster: boolean): boolean =>
  NAME.test(name) || ALWAYS.has(name) || (isMaster && INTERNAL_FIELDS.has(name));

/** As deep as JSON may be; MongoDB takes no deeper trees of conditions, and whatever walks through them may count on it. */
const MOST_LEVELS = 200;

/** Throws 1 for JSON that is too deep. */
export const checkDepth = (where: Json): void => {
  let level: readonly Json[] = [where];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) throw refusedByDatabase();
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
};

const checkLogical = (name: string, members: Json | undefined, isMaster: boolean): readonly Json[] => {
  if (Array.isArray(members) && (name !== '$nor' || members.length > 0)) return members;
  // Where protected fields are looked for, Parse Server refuses what is not a list, and does not say why.
  if (!isMaster && members !== undefined && !Array.isArray(members)) {
    throw permissionDenied(`${name} must be an array`, 'INVALID_QUERY');
  }
  if (!members) return [];
  throw badQuery(`Bad ${name} format - use an array ${name === '$nor' ? 'of at least 1 value' : 'value'}.`);
};

const checkNames = (where: Json, isMaster: boolean): void => {
  if (where === null) throw stumble();
  if (!isObject(where)) return;
  if (where['ACL']) throw badQuery('Cannot query on ACL.');
  for (const name of LOGICAL) {
    for (const member of checkLogical(name, where[name], isMaster)) checkNames(member, isMaster);
  }
  for (const name of Object.keys(where)) {
    if (!isQueryable(name, isMaster)) throw new ParseError('INVALID_KEY_NAME', `Invalid key name: ${name}`);
  }
};

/**
 * Checks which fields a query names. Throws 102 for a search by ACL and for
 * bad lists of conditions, 105 for names that no field has or that are hidden from the caller.
 */
export const validateWhere = (where: JsonObject, { isMaster }: { readonly isMaster: boolean }): void => {
  checkDepth(where);
  checkNames(where, isMaster);
};
