import type { JsonObject, ParseRecord } from '../parse/record.ts';
import type { Context } from './context.ts';

/** A user with all of its fields but those that never leave the operations. */
export const withoutSecrets = (user: ParseRecord): JsonObject =>
  Object.fromEntries(Object.entries(user).filter(([name]) => !name.startsWith('_') && name !== 'password'));

/** The user who asks, as code of the application gets it: with all its fields, and its session's token. Nobody beside the master key. */
export const askingUser = ({ auth }: Pick<Context, 'auth'>): JsonObject | undefined => {
  const { user, isMaster, sessionToken } = auth;
  if (!user || isMaster) return undefined;
  return { ...withoutSecrets(user), ...(sessionToken !== undefined && { sessionToken }) };
};
