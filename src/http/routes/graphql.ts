import { type GraphQLBody, type GraphQLResponse, refuse } from '../../graphql/answer.ts';
import { type ErrorBody, errorBody, INTERNAL_ERROR, withoutReason } from '../../graphql/errors.ts';
import type { ComplexityLimits } from '../../graphql/execution/complexity.ts';
import type { GraphQLParams } from '../../graphql/execution/execute.ts';
import { passesRights } from '../../operations/access/keys.ts';
import type { Context } from '../../operations/context.ts';
import { complexityLimits } from '../../operations/queries/complexity.ts';
import type { Options } from '../../options/table.ts';
import { badCloudContext, toAuth, toCloudContext } from '../auth.ts';
import { fromHeaders } from '../credentials/credentials.ts';
import { createCounter } from '../credentials/rate-limits.ts';
import { OFFERED_TYPES } from '../graphql-servers/apollo.ts';
import { type Received, RequestRefused } from '../graphql-servers/server.ts';
import { createGraphQLServer } from '../graphql-servers/servers.ts';
import type { Parts, RequestScope } from '../parts.ts';
import { toContext, toFacts } from '../parts.ts';
import { createTeller, type Teller } from '../refusals.ts';
import { badRequestPage, HTML_TYPE, JSON_TYPE, unauthorized } from '../wire/answers.ts';
import { BodyError } from '../wire/body.ts';
import { BadRequest } from '../wire/graphql-params.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import type { HttpRoute } from './routes.ts';

const NOT_ACCEPTABLE = errorBody(
  `An 'accept' header was provided for this request which does not accept ${OFFERED_TYPES[0]} or ${OFFERED_TYPES[1]}`,
  'BAD_REQUEST',
  'notAcceptable',
);

// Nearly every answer has the same headers, which need not be made each time.
const HEADERS = new Map(OFFERED_TYPES.map((type) => [type, Object.freeze({ 'content-type': type })]));

/** How errors leave: without their reasons. */
type SendErrors = (errors: readonly ErrorBody[]) => readonly ErrorBody[];

const withoutReasons: SendErrors = (errors) => errors.map(withoutReason);

const toBody = ({ body }: GraphQLResponse, send: SendErrors): GraphQLBody =>
  body.errors ? { ...body, errors: send(body.errors) } : body;

const toResponse = (answer: GraphQLResponse, type: string, send: SendErrors = withoutReasons): HttpResponse => {
  const { status, headers, text } = answer;
  const body = toBody(answer, send); // the errors are told of, even where words stand in their place
  if (text !== undefined) return { status, headers: { ...headers, 'content-type': HTML_TYPE }, body: text };
  return {
    status,
    headers: (!headers && HEADERS.get(type)) || { ...headers, 'content-type': type },
    body: `${JSON.stringify(body)}\n`,
  };
};

/** The answers of a batch in one. */
const toBatch = (answers: readonly GraphQLResponse[], type: string, send: SendErrors): HttpResponse => ({
  status: 200,
  headers: { 'content-type': type },
  body: `${JSON.stringify(answers.map((answer) => toBody(answer, send)))}\n`,
});

/** The answer of GraphQL to a body that cannot be read, or to a failure of the emulator's own. */
export const failureInGraphQL = (error: unknown): HttpResponse =>
  error instanceof BodyError ? badRequestPage(error.status) : toResponse(refuse(500, [INTERNAL_ERROR]), JSON_TYPE);

const limitsOf = ({ requestComplexity }: Options): ComplexityLimits => {
  const { graphQLDepth, graphQLFields } = complexityLimits(requestComplexity);
  return { depth: graphQLDepth, fields: graphQLFields };
};

const NO_QUERY_IN_BATCH = errorBody('Must provide query string.', 'INTERNAL_SERVER_ERROR', 'queryMissing');

/** A request with all that belongs to it. */
type Asked = { readonly request: HttpRequest; readonly context: Context; readonly scope: RequestScope };

const isBatch = (received: Received): received is readonly GraphQLParams[] => Array.isArray(received);

/** Notes why errors came about, and explains them where that is wanted. */
const sending =
  (teller: Teller, scope: RequestScope): SendErrors =>
  (errors) =>
    errors.map(({ reason, ...error }) => teller.explainer.graphQL(error, teller.note(reason, scope)));

/** Runs what a request asks, and puts the answers into one. */
const createRunner = (parts: Parts) => {
  const { options } = parts;
  const limits = limitsOf(options);
  const execute = (
    params: GraphQLParams,
    { method, headers }: HttpRequest,
    context: Context,
    { rootFieldHook }: RequestScope,
  ): Promise<GraphQLResponse> => {
    const { auth } = context;
    return parts.execute(params, {
      method,
      contextValue: {
        context,
        headers,
        ...(rootFieldHook && { rootFieldHook }),
      },
      limits: auth.isMaster || auth.isMaintenance ? undefined : limits,
      mayIntrospect: options.graphQLPublicIntrospection || passesRights(auth),
    });
  };

  return async (
    received: Received,
    { request, context, scope }: Asked,
    type: string | undefined,
    send: SendErrors,
  ): Promise<HttpResponse> => {
    if (!isBatch(received)) {
      const one = await execute(received, request, context, scope);
      const isTaken = type !== undefined;
      return isTaken ? toResponse(one, type, send) : toResponse(refuse(406, [NOT_ACCEPTABLE]), JSON_TYPE, send);
    }
    const run = (params: GraphQLParams): Promise<GraphQLResponse> | GraphQLResponse =>
      params.query || params.extensions ? execute(params, request, context, scope) : refuse(400, [NO_QUERY_IN_BATCH]);
    return toBatch(await Promise.all(received.map(run)), type ?? JSON_TYPE, send);
  };
};

/** GraphQL over HTTP, as the GraphQL server inside of Parse Server does it. */
export const createGraphQL = (parts: Parts): HttpRoute['answer'] => {
  const { options } = parts;
  const teller = createTeller(parts);
  const server = createGraphQLServer(options);

  const run = createRunner(parts);
  return async (request, target, path, scope) => {
    const { headers, method } = request;
    const cloudContext = toCloudContext(headers['x-parse-cloud-context']);
    if (!cloudContext) return teller.refuse(badCloudContext(), scope);
    const credentials = fromHeaders(headers, options);
    if (credentials.appId !== options.appId) return teller.refuse(unauthorized('appId'), scope);
    const counter = parts.limits && createCounter({ ...request, path: path || '/', credentials }, parts, scope);
    const auth = toAuth(credentials, { method, path, request, target, ...counter }, parts, scope);
    if ('refused' in auth) return teller.refuse(auth, scope);
    const type = server.typeFor(headers['accept']);
    const send = sending(teller, scope);
    try {
      const context = toContext(parts, auth, scope, toFacts(request, cloudContext));
      const received = server.read(request, target.search);
      const response = await run(received, { request, context, scope }, type, send);
      return counter ? counter.tell(response) : response;
    } catch (error) {
      if (error instanceof RequestRefused) return teller.refuse({ refused: error.answer, reason: error.reason }, scope);
      if (!(error instanceof BadRequest)) throw error;
      const { status, message, headers: more, reason } = error;
      return toResponse(refuse(status, [errorBody(message, 'BAD_REQUEST', reason)], more), type ?? JSON_TYPE, send);
    }
  };
};
