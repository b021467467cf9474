import type { Behaviour } from '../../parse/versions/versions.ts';
import { JSON_TYPE } from '../wire/answers.ts';
import { readJson } from '../wire/body.ts';
import { checkForgery, toGraphQLParams } from '../wire/graphql-params.ts';
import { preferredType, toMediaType } from '../wire/media-type.ts';
import type { HttpRequest } from '../wire/message.ts';
import { readOperations } from '../wire/multipart.ts';
import { type GraphQLServer, RequestRefused } from './server.ts';

/** How many bytes of JSON are read: Express's own limit, which Parse Server leaves as it is. */
export const GRAPHQL_LIMIT: number = 100 * 1024;

/** The types that an answer may have, the usual one first. */
export const OFFERED_TYPES: readonly string[] = [
  JSON_TYPE,
  'application/graphql-response+json; charset=utf-8',
  'application/json; callbackspec=1.0; charset=utf-8',
];

const UNREAD =
  '`req.body` is not set; this probably means you forgot to set up the `json` middleware before the Apollo Server middleware.';

const hasBody = ({ method, body }: HttpRequest): boolean =>
  body.length > 0 || (method !== 'GET' && method !== 'HEAD' && method !== 'DELETE');

const essenceOf = ({ headers }: HttpRequest): string | undefined => {
  const contentType = headers['content-type'];
  return contentType === undefined ? undefined : toMediaType(contentType)?.essence;
};

const unread = (): RequestRefused => {
  const answer = { status: 500, headers: { 'content-type': 'text/html; charset=utf-8' }, body: UNREAD };
  return new RequestRefused(answer, 'contentType');
};

/** Apollo Server 4 and 5; a batch is refused, and a client may choose between two types. */
export const createApollo = ({ graphQLServer, unreadBody }: Behaviour, fileLimit: number): GraphQLServer => {
  const checksTypeOfGet = graphQLServer === 'apollo5';
  return {
    typeFor: (accept) => (!accept || accept === '*/*' ? JSON_TYPE : preferredType(accept, OFFERED_TYPES)),
    read: (request, search) => {
      const { method, headers } = request;
      const essence = essenceOf(request);
      const contentType = headers['content-type'];
      const isUpload = essence === 'multipart/form-data' && request.body.length > 0;
      if (unreadBody === 'isFatal' && !isUpload && !(essence === 'application/json' && hasBody(request)))
        throw unread();
      let body: unknown;
      if (essence === 'application/json') body = readJson(request, GRAPHQL_LIMIT);
      else if (isUpload) body = readOperations(request, fileLimit);
      checkForgery(contentType, headers['x-parse-application-id']);
      const isChecked = method !== 'GET' || checksTypeOfGet;
      return toGraphQLParams({ method, search, contentType: isChecked ? contentType : undefined, body });
    },
  };
};
