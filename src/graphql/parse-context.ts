import type { Context } from '../operations/context.ts';
import { showSelf } from '../operations/users/log-in.ts';
import type { Json, JsonObject } from '../parse/record.ts';
import type { GraphQLContext } from './context.ts';

/** The user who asks, by the names that a `Parse.User` has. */
const toUser = (context: Context) => {
  const { user, sessionToken } = context.auth;
  if (!user) return undefined;
  const self: JsonObject = showSelf(user, context);
  return {
    id: user.objectId,
    className: '_User',
    attributes: self,
    get: (name: string): Json | undefined => self[name],
    getUsername: (): Json | undefined => self['username'],
    getEmail: (): Json | undefined => self['email'],
    getSessionToken: (): string | undefined => sessionToken,
    toJSON: (): JsonObject => self,
  };
};

const toAuth = (context: Context): object => {
  const { isMaster, isReadOnly = false, isMaintenance = false, installationId } = context.auth;
  return { isMaster, isReadOnly, isMaintenance, installationId, user: toUser(context) };
};

const toInfo = ({ auth, options, request }: Context): object => ({
  appId: options.appId,
  sessionToken: auth.sessionToken,
  installationId: auth.installationId,
  headers: request.headers,
  ip: request.ip,
  context: request.cloudContext,
});

/** The context of a document, which has `auth`, `config` and `info` beside what the emulator keeps in it, as that of Parse Server has. */
export const withParseNames = (who: GraphQLContext): GraphQLContext =>
  'auth' in who
    ? who
    : Object.defineProperties(who, {
        auth: { get: () => toAuth(who.context) },
        config: { get: () => ({ ...who.context.options, applicationId: who.context.options.appId }) },
        info: { get: () => toInfo(who.context) },
      });
