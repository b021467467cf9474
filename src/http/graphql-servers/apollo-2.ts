import type { GraphQLParams } from '../../graphql/execution/execute.ts';
import type { Reason } from '../../parse/reason.ts';
import { failureInJson, JSON_TYPE } from '../wire/answers.ts';
import { BodyError, readJson } from '../wire/body.ts';
import { checkQuery } from '../wire/graphql-params.ts';
import { toMediaType } from '../wire/media-type.ts';
import type { HttpRequest } from '../wire/message.ts';
import { readOperations } from '../wire/multipart.ts';
import { GRAPHQL_LIMIT } from './apollo.ts';
import { type GraphQLServer, isFields, RequestRefused } from './server.ts';

const inWords = (status: number, body: string, reason: Reason, headers = {}): RequestRefused =>
  new RequestRefused({ status, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' }, body }, reason);

const NO_BODY = 'POST body missing. Did you forget use body-parser middleware?';

/** Variables may come as text, as they must in a GET. */
const parsed = (value: unknown, otherwise: string): GraphQLParams['variables'] => {
  if (typeof value !== 'string') return value as GraphQLParams['variables'];
  try {
    return JSON.parse(value);
  } catch {
    throw inWords(400, otherwise, 'queryMissing');
  }
};

const toParams = (fields: { readonly [name: string]: unknown }): GraphQLParams => {
  const { query, operationName, variables, extensions } = fields;
  const problem = checkQuery(query);
  if (problem !== undefined) throw inWords(400, problem, 'queryMissing');
  const given = parsed(extensions, 'Extensions are invalid JSON.');
  if (!query && !given?.['persistedQuery']) throw inWords(400, 'Must provide query string.', 'queryMissing');
  return {
    query: typeof query === 'string' ? query : undefined,
    operationName: operationName === undefined || operationName === null ? undefined : String(operationName),
    variables: parsed(variables, 'Variables are invalid JSON.') ?? undefined,
    extensions: given,
  };
};

const isEmpty = (body: unknown): boolean => !body || Object.keys(Object(body)).length === 0;

const readBody = (request: HttpRequest, fileLimit: number): unknown => {
  const type = toMediaType(request.headers['content-type'] ?? '');
  if (type?.essence === 'multipart/form-data' && request.body.length > 0) return readOperations(request, fileLimit);
  if (type?.essence !== 'application/json') return undefined;
  try {
    return readJson(request, GRAPHQL_LIMIT);
  } catch (error) {
    throw error instanceof BodyError ? new RequestRefused(failureInJson(error), 'queryMissing') : error;
  }
};

const fromSearch = (search: string): GraphQLParams => {
  const parameters = new URLSearchParams(search);
  if (parameters.size === 0) throw inWords(400, 'GET query missing.', 'queryMissing');
  const valuesOf = (name: string): string | string[] | undefined => {
    const values = parameters.getAll(name);
    return values.length > 1 ? values : values[0];
  };
  const names = ['query', 'operationName', 'variables', 'extensions'];
  return toParams(Object.fromEntries(names.map((name) => [name, valuesOf(name)])));
};

/** Apollo Server 2: what is not a request is refused in plain words, and a list of requests is a batch. */
export const createApollo2 = (fileLimit: number): GraphQLServer => ({
  typeFor: () => JSON_TYPE,
  read: (request, search) => {
    const body = readBody(request, fileLimit);
    if (request.method === 'GET') return fromSearch(search);
    if (request.method !== 'POST') {
      throw inWords(
        405,
        'Apollo Server supports only GET/POST requests.',
        { code: 'BAD_REQUEST' },
        { allow: 'GET, POST' },
      );
    }
    if (isEmpty(body)) throw inWords(500, NO_BODY, 'bodyMissing');
    return Array.isArray(body)
      ? body.map((member) => (isFields(member) && member['query'] ? toParams(member) : {}))
      : toParams(isFields(body) ? body : {});
  },
});
