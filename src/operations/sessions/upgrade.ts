import { refusal } from '../../parse/error.ts';
import type { JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { openSession } from './store.ts';

/** Opens one more session for the asking user, as old SDKs do once they know of sessions. Throws 101 when nobody asks. */
export const upgradeSession = (context: Context): JsonObject => {
  const { user, installationId } = context.auth;
  if (!user) throw refusal('sessionMissing', 'OBJECT_NOT_FOUND', 'invalid session');
  return context.store.transact((transaction) =>
    openSession({ userId: user.objectId, createdWith: { action: 'upgrade' }, installationId }, transaction, context),
  );
};
