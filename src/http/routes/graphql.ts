import { type ErrorBody, errorBody, INTERNAL_ERROR, withoutReason } from '../../graphql/errors.ts';
import type { ComplexityLimits } from '../../graphql/execution/complexity.ts';
import type { GraphQLResponse } from '../../graphql/execution/execute.ts';
import { refuse } from '../../graphql/execution/execute.ts';
import { passesRights } from '../../operations/access/keys.ts';
import type { Context } from '../../operations/context.ts';
import { complexityLimits } from '../../operations/queries/complexity.ts';
import { toBytes } from '../../options/byte-size.ts';
import type { Options } from '../../options/table.ts';
import { badCloudContext, toAuth, toCloudContext } from '../auth.ts';
import { fromHeaders } from '../credentials/credentials.ts';
import { createCounter } from '../credentials/rate-limits.ts';
import type { Parts, RequestScope } from '../parts.ts';
import { toContext, toFacts } from '../parts.ts';
import { createTeller, type Teller } from '../refusals.ts';
import { badRequestPage, JSON_TYPE, unauthorized } from '../wire/answers.ts';
import { BodyError, readJson } from '../wire/body.ts';
import { BadRequest, checkForgery, toGraphQLParams } from '../wire/graphql-params.ts';
import { preferredType, toMediaType } from '../wire/media-type.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import { readOperations } from '../wire/multipart.ts';
import type { HttpRoute } from './routes.ts';

/** How many bytes of JSON are read: Express's own limit, which Parse Server leaves as it is. */
export const GRAPHQL_LIMIT: number = 100 * 1024;

const OFFERED_TYPES = [
  JSON_TYPE,
  'application/graphql-response+json; charset=utf-8',
  'application/json; callbackspec=1.0; charset=utf-8',
];

const NOT_ACCEPTABLE = errorBody(
  `An 'accept' header was provided for this request which does not accept ${OFFERED_TYPES[0]} or ${OFFERED_TYPES[1]}`,
  'BAD_REQUEST',
  'notAcceptable',
);

/** The type that the client wants; undefined when it takes no JSON at all. */
const acceptedType = (accept: string | undefined): string | undefined =>
  !accept || accept === '*/*' ? JSON_TYPE : preferredType(accept, OFFERED_TYPES);

// Nearly every answer has the same headers, which need not be made each time.
const HEADERS = new Map(OFFERED_TYPES.map((type) => [type, Object.freeze({ 'content-type': type })]));

/** How errors leave: without their reasons. */
type SendErrors = (errors: readonly ErrorBody[]) => readonly ErrorBody[];

const withoutReasons: SendErrors = (errors) => errors.map(withoutReason);

const toResponse = (
  { status, headers, body: { errors, ...rest } }: GraphQLResponse,
  type: string,
  send: SendErrors = withoutReasons,
): HttpResponse => ({
  status,
  headers: (!headers && HEADERS.get(type)) || { ...headers, 'content-type': type },
  body: `${JSON.stringify(errors ? { errors: send(errors), ...rest } : rest)}\n`,
});

/** The answer of GraphQL to a body that cannot be read, or to a failure of the emulator's own. */
export const failureInGraphQL = (error: unknown): HttpResponse =>
  error instanceof BodyError ? badRequestPage(error.status) : toResponse(refuse(500, [INTERNAL_ERROR]), JSON_TYPE);

const readBody = (request: HttpRequest, contentType: string | undefined, fileLimit: number): unknown => {
  const type = contentType === undefined ? undefined : toMediaType(contentType);
  if (type?.essence === 'application/json') return readJson(request, GRAPHQL_LIMIT);
  return type?.essence === 'multipart/form-data' && request.body.length > 0
    ? readOperations(request, fileLimit)
    : undefined;
};

const limitsOf = ({ requestComplexity }: Options): ComplexityLimits => {
  const { graphQLDepth, graphQLFields } = complexityLimits(requestComplexity);
  return { depth: graphQLDepth, fields: graphQLFields };
};

/** Notes why errors came about, and explains them where that is wanted. */
const sending =
  (teller: Teller, scope: RequestScope): SendErrors =>
  (errors) =>
    errors.map(({ reason, ...error }) => teller.explainer.graphQL(error, teller.note(reason, scope)));

/** GraphQL over HTTP, as the Apollo Server inside Parse Server does it. */
export const createGraphQL = (parts: Parts): HttpRoute['answer'] => {
  const { options } = parts;
  const teller = createTeller(parts);
  const fileLimit = toBytes(options.maxUploadSize) ?? 0;

  const limits = limitsOf(options);
  const execute = (
    request: HttpRequest,
    search: string,
    context: Context,
    { rootFieldHook }: RequestScope,
  ): Promise<GraphQLResponse> => {
    const { method } = request;
    const contentType = request.headers['content-type'];
    const body = readBody(request, contentType, fileLimit);
    checkForgery(contentType, request.headers['x-parse-application-id']);
    const { auth } = context;
    return parts.execute(toGraphQLParams({ method, search, contentType, body }), {
      method,
      contextValue: {
        context,
        headers: request.headers,
        ...(rootFieldHook && { rootFieldHook }),
      },
      limits: auth.isMaster || auth.isMaintenance ? undefined : limits,
      mayIntrospect: options.graphQLPublicIntrospection || passesRights(auth),
    });
  };

  return async (request, target, path, scope) => {
    const { headers, method } = request;
    const cloudContext = toCloudContext(headers['x-parse-cloud-context']);
    if (!cloudContext) return teller.refuse(badCloudContext(), scope);
    const credentials = fromHeaders(headers, options);
    if (credentials.appId !== options.appId) return teller.refuse(unauthorized('appId'), scope);
    const counter = parts.limits && createCounter({ ...request, path: path || '/', credentials }, parts, scope);
    const auth = toAuth(credentials, { method, path, request, target, ...counter }, parts, scope);
    if ('refused' in auth) return teller.refuse(auth, scope);
    const type = acceptedType(headers['accept']);
    const send = sending(teller, scope);
    try {
      const context = toContext(parts, auth, scope, toFacts(request, cloudContext));
      const answer = await execute(request, target.search, context, scope);
      const response =
        type === undefined
          ? toResponse(refuse(406, [NOT_ACCEPTABLE]), JSON_TYPE, send)
          : toResponse(answer, type, send);
      return counter ? counter.tell(response) : response;
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      const { status, message, headers: more, reason } = error;
      return toResponse(refuse(status, [errorBody(message, 'BAD_REQUEST', reason)], more), type ?? JSON_TYPE, send);
    }
  };
};
