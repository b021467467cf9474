import { ParseError, permissionDenied } from '../parse/error.ts';
import { isPointer, type JsonObject } from '../parse/record.ts';
import type { Context } from './context.ts';
import { getObject } from './queries.ts';
import { openSession } from './session-store.ts';
import type { Draft, WriteRules } from './write-rules.ts';

const NOBODY_CHANGES = ['sessionToken', 'installationId'];
const MASTER_CHANGES = ['expiresAt', 'createdWith'];

const invalidKey = (name: string): ParseError => new ParseError('INVALID_KEY_NAME', `Invalid key name: ${name}`);

// A client that makes a session gets one for its own user; all it can say of it are fields of the application's own.
const SET_BY_SERVER: ReadonlySet<string> = new Set([
  'user',
  'sessionToken',
  'expiresAt',
  'createdWith',
  'installationId',
  'ACL',
]);

const createOwn = (draft: Draft, context: Context): JsonObject => {
  const { user } = context.auth;
  if (!user) throw new ParseError('INVALID_SESSION_TOKEN', 'Session token required.');
  const own = Object.fromEntries(Object.entries(draft.fields).filter(([name]) => !SET_BY_SERVER.has(name)));
  const given = draft.fields['installationId'];
  const session = context.store.transact((transaction) =>
    openSession(
      {
        userId: user.objectId,
        createdWith: { action: 'create' },
        installationId: typeof given === 'string' ? given : undefined,
        fields: own,
      },
      transaction,
      context,
    ),
  );
  const { createdAt: _, updatedAt: __, ...answer } = session;
  return answer;
};

const checkUpdate = ({ fields }: Draft, context: Context): void => {
  for (const name of NOBODY_CHANGES) if (fields[name]) throw invalidKey(name);
  if (context.auth.isMaster) return;
  for (const name of MASTER_CHANGES) if (fields[name]) throw invalidKey(name);
  const { user } = fields;
  const isOwn = isPointer(user) && user.objectId === context.auth.user?.objectId;
  if (user && !isOwn) throw invalidKey('user');
};

/** Sessions belong to their user, who may make and delete them but not change what they stand for. */
export const SESSION_RULES: WriteRules = {
  admit: async (draft, context) => {
    const { isMaster, user } = context.auth;
    if (!draft.isNew) getObject('_Session', draft.objectId, {}, context);
    else if (!user && !isMaster) throw new ParseError('INVALID_SESSION_TOKEN', 'Session token required.');
    if (draft.fields['ACL']) throw new ParseError('INVALID_KEY_NAME', 'Cannot set ACL on a Session.');
    if (draft.isNew && !isMaster) return createOwn(draft, context);
    if (!draft.isNew) checkUpdate(draft, context);
    return undefined;
  },
  admitDelete: (context) => {
    if (!context.auth.isMaster && !context.auth.user) throw permissionDenied('INVALID_SESSION_TOKEN');
  },
};
