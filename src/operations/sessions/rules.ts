import { ParseError, permissionDenied } from '../../parse/error.ts';
import { isPointer, type JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { checkFields, growClass } from '../objects/field-values.ts';
import type { Draft, WriteRules } from '../objects/write-rules.ts';
import { getObject } from '../queries/queries.ts';
import { endOtherSessionsAt, openSession } from './store.ts';

const NOBODY_CHANGES: readonly string[] = ['installationId', 'sessionToken'];
const MASTER_CHANGES: readonly string[] = ['expiresAt', 'createdWith'];

const invalidKey = (name: string): ParseError => new ParseError('INVALID_KEY_NAME', `Invalid key name: ${name}`);

// A client that makes a session gets one for its own user; all it can say of it is the device, and fields of the application's own.
const SET_BY_SERVER: ReadonlySet<string> = new Set(['user', 'sessionToken', 'expiresAt', 'createdWith']);

const createOwn = (draft: Draft, userId: string, context: Context): JsonObject => {
  const { installationId, ...fields } = Object.fromEntries(
    Object.entries(draft.fields).filter(([name]) => !SET_BY_SERVER.has(name)),
  );
  const gained = checkFields('_Session', draft.fields, true, context);
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

const checkUpdate = ({ fields, objectId }: Draft, context: Context): void => {
  const { isMaster, user } = context.auth;
  const isNamed = (name: string): boolean => Object.hasOwn(fields, name);
  const owner = fields['user'];
  const isOwn = isPointer(owner) && owner.objectId === user?.objectId;
  if (isNamed('user') && !isMaster && !isOwn) throw invalidKey('user');
  const refused = [...NOBODY_CHANGES, ...(isMaster ? [] : MASTER_CHANGES)].find(isNamed);
  if (refused !== undefined) throw invalidKey(refused);
  getObject('_Session', objectId, {}, context);
};

/** Sessions belong to their user, who may make and delete them but not change what they stand for. */
export const SESSION_RULES: WriteRules = {
  admit: async (draft, context) => {
    const { isMaster, user } = context.auth;
    if (!user && !isMaster) throw new ParseError('INVALID_SESSION_TOKEN', 'Session token required.');
    if (Object.hasOwn(draft.fields, 'ACL')) throw new ParseError('INVALID_KEY_NAME', 'Cannot set ACL on a Session.');
    if (draft.isNew && user && !isMaster) return createOwn(draft, user.objectId, context);
    if (!draft.isNew) checkUpdate(draft, context);
    return undefined;
  },
  plan: ({ isNew }) => (isNew ? { follow: endOtherSessionsAt } : {}),
  admitDelete: (context) => {
    if (!context.auth.isMaster && !context.auth.user) throw permissionDenied('INVALID_SESSION_TOKEN');
  },
};
