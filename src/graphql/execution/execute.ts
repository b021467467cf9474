import type { ExecutionResult, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { execute, getOperationAST, Kind } from 'graphql';
import type { Context } from '../../operations/context.ts';
import { type Behaviour, behaviourOf } from '../../parse/versions/versions.ts';
import { type GraphQLResponse, refuse, type Stage } from '../answer.ts';
import type { GraphQLContext } from '../context.ts';
import { DIALECTS } from '../dialects/dialects.ts';
import type { ErrorCode } from '../errors.ts';
import { errorBody, INTERNAL_ERROR, toErrorBody, toExecutionError } from '../errors.ts';
import type { Look } from '../schema/schema.ts';
import { type ComplexityLimits, complexityOf, tooComplex } from './complexity.ts';
import { createDocuments } from './documents.ts';
import { censor } from './introspection.ts';
import type { Resolved } from './persisted-queries.ts';
import { createPersistedQueries, type PersistedQueries } from './persisted-queries.ts';

/** A GraphQL request without its transport. */
export type GraphQLParams = {
  readonly query?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: { readonly [name: string]: unknown } | undefined;
  readonly extensions?: { readonly [name: string]: unknown } | undefined;
};

/** The circumstances of one execution. */
export type GraphQLRun = {
  /** The HTTP method: a GET may only query. */
  readonly method: string;
  /** What the resolvers get; belongs to this one document. Where it has a `rootFieldHook`, that is asked before root fields. */
  readonly contextValue: GraphQLContext;
  /** Whether the client may see the schema; else errors tell nothing of it. */
  readonly mayIntrospect: boolean;
  /** How large the operation may be; not given: as large as it likes. */
  readonly limits?: ComplexityLimits | undefined;
};

/** Executes a request; never rejects. */
export type Execute = (params: GraphQLParams, run: GraphQLRun) => Promise<GraphQLResponse>;

/** `getSchema` gives the present schema: the same object until a class changes. */
export type ExecutorParts = {
  readonly getSchema: (look?: Look) => GraphQLSchema;
  /** Waits for the schema, where there is something to wait for. */
  readonly ready?: () => Promise<void> | undefined;
  /** The schema whose words a failed validation is told in, while it knows less; see `SchemaSource`. */
  readonly getLeanSchema?: () => GraphQLSchema | undefined;
  readonly persistedQueries?: PersistedQueries;
  readonly log: Context['log'];
  readonly options: Context['options'];
};

const KEEP_NOTHING = (): void => undefined;

const NOT_SUPPORTED: Resolved = {
  status: 200,
  error: errorBody('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED'),
};

/** Whether what a document asks for of the schema is refused: the whole of it, or a type of it, too. */
const isRefused = (introspection: Behaviour['introspection'], asked: 'schema' | 'type'): boolean =>
  introspection === 'forMasterKey' || (introspection === 'byNodeEnv' && asked === 'schema');

const atStage = (stage: Stage, answer: GraphQLResponse): GraphQLResponse => ({ ...answer, stage });

const NO_QUERY = errorBody(
  'GraphQL operations must contain a non-empty `query` or a `persistedQuery` extension.',
  'BAD_REQUEST',
  'queryMissing',
);
const NO_INTROSPECTION = errorBody('Introspection is not allowed', 'INTERNAL_SERVER_ERROR', 'introspection');

const refuseMethod = ({ operation }: OperationDefinitionNode): GraphQLResponse =>
  atStage(
    'method',
    refuse(405, [errorBody(`GET requests only support query operations, not ${operation} operations`, 'BAD_REQUEST')], {
      allow: 'POST',
    }),
  );

const VARIABLE_ERROR = /^Variable "\$\w+" (?:has invalid value|got invalid value |of required type |of non-null type )/;

const isVariableError = ({ nodes, message }: GraphQLError): boolean =>
  nodes?.length === 1 && nodes[0]?.kind === Kind.VARIABLE_DEFINITION && VARIABLE_ERROR.test(message);

/** Errors of an execution that never began: no operation was found, or its variables do not fit. */
const refuseStart = (
  errors: readonly GraphQLError[],
  operation: OperationDefinitionNode | null | undefined,
): GraphQLResponse => {
  const codeOf = (error: GraphQLError): ErrorCode => {
    if (!operation) return 'OPERATION_RESOLUTION_FAILURE';
    return isVariableError(error) ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
  };
  return atStage(
    operation ? 'variables' : 'operation',
    refuse(
      400,
      errors.map((error) => toErrorBody(error, codeOf(error))),
    ),
  );
};

const toResponse = (
  { errors, data, extensions }: ExecutionResult,
  operation: OperationDefinitionNode | null | undefined,
  parts: Pick<ExecutorParts, 'log' | 'options'>,
): GraphQLResponse => {
  if (errors && data === undefined) return refuseStart(errors, operation);
  const body = errors ? { errors: errors.map((error) => toExecutionError(error, parts)), data } : { data };
  return { status: 200, body: extensions ? { ...body, extensions } : body };
};

const censorResponse = (answer: GraphQLResponse, censorMessage: (message: string) => string): GraphQLResponse => {
  const { errors, ...rest } = answer.body;
  if (!errors) return answer;
  return {
    ...answer,
    body: { errors: errors.map((error) => ({ ...error, message: censorMessage(error.message) })), ...rest },
  };
};

type Resolve = (params: GraphQLParams) => Promise<Resolved> | Resolved;

/** Finds the text of a request; only newer servers know texts by their hashes. */
const createResolver = (server: Behaviour['graphQLServer'], persistedQueries: PersistedQueries): Resolve => {
  if (server === 'yoga2') return ({ query = '' }) => ({ text: query, register: KEEP_NOTHING });
  return ({ query, extensions }) => {
    const persistedQuery = extensions?.['persistedQuery'];
    if (persistedQuery && server === 'apollo2') return NOT_SUPPORTED;
    if (persistedQuery) return persistedQueries.resolve(Object(persistedQuery), query);
    return query ? { text: query, register: KEEP_NOTHING } : { status: 400, error: NO_QUERY };
  };
};

/**
 * Executes GraphQL requests with the answers, words and status codes of the Apollo Server 5 that Parse Server is built on,
 * and without HTTP.
 */
export const createExecutor = ({
  getSchema,
  ready = () => undefined,
  getLeanSchema = () => undefined,
  persistedQueries = createPersistedQueries(),
  log,
  options,
}: ExecutorParts): Execute => {
  const { graphQLServer, introspection, typeNamesInErrors } = behaviourOf(options);
  const isClosed = introspection === 'byNodeEnv' && options.production && !options.graphQLPublicIntrospection;
  const prepare = createDocuments(getSchema, getLeanSchema, isClosed);
  const tell = DIALECTS[graphQLServer];
  const resolveText = createResolver(graphQLServer, persistedQueries);

  const executeText = async (
    text: string,
    { operationName, variables }: GraphQLParams,
    { method, contextValue, mayIntrospect, limits }: GraphQLRun,
    register: () => void,
  ): Promise<GraphQLResponse> => {
    const { document, introspects, stage, errors } = prepare(text);
    if (!document) return atStage(stage, refuse(400, errors));
    const operation = getOperationAST(document, operationName);
    if (method === 'GET' && operation && operation.operation !== 'query') return refuseMethod(operation);
    const excess = operation && limits && tooComplex(complexityOf(operation, document), limits);
    if (introspects && !mayIntrospect && isRefused(introspection, introspects)) return refuse(403, [NO_INTROSPECTION]);
    if (excess) return refuse(400, [errorBody(excess, 'INTERNAL_SERVER_ERROR', 'tooComplex')]);
    register();
    const schema = getSchema({
      isHooked: contextValue.rootFieldHook !== undefined,
      isDescribed: introspects !== undefined,
    });
    const result = await execute({ schema, document, contextValue, variableValues: variables, operationName });
    return toResponse(result, operation, { log, options });
  };

  return async (params, run) => {
    try {
      const waiting = ready();
      if (waiting) await waiting;
      const resolved = await resolveText(params);
      if (resolved.text === undefined) return refuse(resolved.status, [resolved.error], resolved.headers);
      const answer = await executeText(resolved.text, params, run, resolved.register);
      const { text } = resolved;
      const isCensored = !run.mayIntrospect && typeNamesInErrors !== 'all';
      const shown = isCensored
        ? censorResponse(answer, (message) => censor(message, text, typeNamesInErrors === 'builtInAndWritten'))
        : answer;
      return tell ? tell(shown) : shown;
    } catch (cause) {
      log('error', 'Failed to execute a GraphQL request', cause);
      return refuse(500, [INTERNAL_ERROR]);
    }
  };
};
