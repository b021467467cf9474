import { ERROR_CODES, INVALID_TOKEN, ParseError, permissionDenied, refusal } from '../../parse/error.ts';
import { checkKeywords } from '../../parse/keywords.ts';
import { isPointer, type JsonObject } from '../../parse/record.ts';
import { isNobody, passesRights } from '../access/keys.ts';
import type { Context } from '../context.ts';
import { checkFields, growClass } from '../objects/field-values.ts';
import type { ClassRules, Prepared, Stage, Write } from '../objects/stages.ts';
import { readObject } from '../queries/queries.ts';
import { endOtherSessionsAt, openSession } from './store.ts';

const NOBODY_CHANGES: readonly string[] = ['installationId', 'sessionToken'];
const MASTER_CHANGES: readonly string[] = ['expiresAt', 'createdWith'];

const invalidKey = (name: string): ParseError => new ParseError('INVALID_KEY_NAME', `Invalid key name: ${name}`);

// A client that makes a session gets one for its own user; all it can say of it is the device, and fields of the application's own.
const SET_BY_SERVER: ReadonlySet<string> = new Set(['user', 'sessionToken', 'expiresAt', 'createdWith']);

const createOwn = (write: Write, userId: string, context: Context): JsonObject => {
  const { installationId, ...fields } = Object.fromEntries(
    Object.entries(write.fields).filter(([name]) => !SET_BY_SERVER.has(name)),
  );
  const gained = checkFields('_Session', write.fields, true, context);
  checkKeywords(write.fields, context.options.requestKeywordDenylist);
  const session = context.store.transact((transaction) => {
    growClass('_Session', gained, transaction, context);
    const device = typeof installationId === 'string' ? installationId : undefined;
    return openSession(
      { userId, createdWith: { action: 'create' }, installationId: device, fields },
      transaction,
      context,
    );
  });
  const { createdAt: _, updatedAt: __, ...answer } = session;
  return answer;
};

const checkUpdate = ({ fields, objectId }: Write, context: Context): void => {
  const { isMaster, user } = context.auth;
  const isNamed = (name: string): boolean => Object.hasOwn(fields, name);
  const owner = fields['user'];
  const isOwn = isPointer(owner) && owner.objectId === user?.objectId;
  if (isNamed('user') && !isMaster && !isOwn) throw invalidKey('user');
  const refused = [...NOBODY_CHANGES, ...(passesRights(context.auth) ? [] : MASTER_CHANGES)].find(isNamed);
  if (refused !== undefined) throw invalidKey(refused);
  readObject('_Session', objectId, context);
};

const admit = (write: Write, context: Context): JsonObject | undefined => {
  const { user } = context.auth;
  if (isNobody(context.auth)) throw refusal('sessionMissing', 'INVALID_SESSION_TOKEN', 'Session token required.');
  if (Object.hasOwn(write.fields, 'ACL')) throw new ParseError('INVALID_KEY_NAME', 'Cannot set ACL on a Session.');
  if (write.isNew && user && !passesRights(context.auth)) return createOwn(write, user.objectId, context);
  if (!write.isNew) checkUpdate(write, context);
  return undefined;
};

const stage: Stage<Context> = (given, context) => {
  const instead = admit(given, context);
  if (instead) return { instead, objectId: String(instead['objectId']), isNew: true };
  if (!given.isNew) return { write: given };
  const prepare = (write: Write): Prepared => ({
    write,
    afterWrite: (record, transaction) => void endOtherSessionsAt(record, transaction),
  });
  return { write: given, prepare };
};

const requireOwn = (objectId: string, context: Context): void => {
  try {
    readObject('_Session', objectId, context);
  } catch (error) {
    const isMissing = error instanceof ParseError && error.code === ERROR_CODES.OBJECT_NOT_FOUND;
    throw isMissing ? new ParseError('OBJECT_NOT_FOUND', 'Object not found for delete.') : error;
  }
};

/** Sessions belong to their user, who may make and delete them but not change what they stand for. */
export const SESSION_RULES: ClassRules<Context> = {
  stages: [stage],
  beforeDelete: (objectId, context) => {
    if (!context.auth.isMaster && !context.auth.user)
      throw permissionDenied(INVALID_TOKEN, 'INVALID_SESSION_TOKEN', 'sessionMissing');
    requireOwn(objectId, context);
  },
};
