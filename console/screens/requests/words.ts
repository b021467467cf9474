import type { LoggedRequest } from '../../../src/client/index.ts';

/** Who asked, in words. */
export const askerOf = ({ user, isMaster }: LoggedRequest): string =>
  isMaster ? 'master key' : user ? (user.username ?? user.objectId) : 'nobody';

/** The path of a request, without its origin. */
export const pathOf = (url: string): string =>
  url.startsWith('/') ? url : url.replace(/^[a-z]+:\/\/[^/]*/i, '') || '/';

/** JSON as a person reads it; text that is none stays as it is. */
export const showJson = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');

/** The GraphQL document of a request; undefined for REST. */
export const documentOf = ({ body }: LoggedRequest): string | undefined => {
  const query: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'query') : undefined;
  return typeof query === 'string' ? query : undefined;
};

/** Whether a request was for GraphQL. */
export const isGraphQL = (request: LoggedRequest): boolean => documentOf(request) !== undefined;
