import { readOperation } from '../../graphql/schema/root-fields.ts';
import { type PathOptions, pathsOf } from '../../options/paths.ts';
import { isObject, textIn } from '../../parse/record.ts';
import type { HttpRequest } from '../wire/message.ts';
import { peekOperations } from '../wire/multipart.ts';
import { below, toTarget } from '../wire/target.ts';

/** What a request asks for, by the names that a test knows it by. */
export type ClientCall = {
  readonly isGraphQL: boolean;
  /** The GraphQL document, and the root fields that it asks for; none with REST. */
  readonly query: string;
  readonly fields: readonly string[];
  readonly operationName?: string;
  readonly variables?: unknown;
  /** The path below `/parse`, or `/graphql`; the method is that which the body names, if it names one. */
  readonly method: string;
  readonly path: string;
  readonly sessionToken?: string;
  /** What follows the path. */
  readonly search: string;
  /** The JSON of the body, or of the operations in a form, if it has any. */
  readonly body: unknown;
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const LONGEST_BODY = 1_000_000;

const bodyOf = (request: HttpRequest): unknown => {
  const { body, headers } = request;
  if (body.length === 0 || body.length > LONGEST_BODY) return undefined;
  if (/^multipart\/form-data\b/i.test(headers['content-type'] ?? '')) return peekOperations(request);
  return readJson(typeof body === 'string' ? body : new TextDecoder().decode(body));
};

/** The text of a query that a request names by its hash alone. */
export type TextOf = (extensions: unknown) => string | undefined;

type GraphQLPart = Pick<ClientCall, 'query' | 'fields' | 'operationName' | 'variables'>;

const graphQLPart = (search: string, body: unknown, textOf: TextOf): GraphQLPart => {
  const parameters = new URLSearchParams(search);
  const sent = isObject(body) ? body : {};
  const extensions = sent['extensions'] ?? readJson(parameters.get('extensions') ?? '');
  const query = textIn(sent['query']) ?? parameters.get('query') ?? textOf(extensions) ?? '';
  const operationName = textIn(sent['operationName']) ?? parameters.get('operationName') ?? undefined;
  const variables = sent['variables'] ?? readJson(parameters.get('variables') ?? '');
  const { name, fields } = readOperation(query, operationName);
  return { query, fields, ...(name && { operationName: name }), variables };
};

/** The SDKs for browsers put the token into the body, where it counts as long as the headers name no application. */
const tokenOf = ({ headers }: HttpRequest, sent: { readonly [name: string]: unknown }): string | undefined =>
  (headers['x-parse-application-id'] === undefined && textIn(sent['_SessionToken'])) ||
  headers['x-parse-session-token'];

/** Looks at a request from outside, before anybody answers it. Nothing of it is believed. */
export const toClientCall = (request: HttpRequest, textOf: TextOf = () => undefined): ClientCall => {
  const { path, search } = toTarget(request.url);
  const body = bodyOf(request);
  const sent = isObject(body) ? body : {};
  const sessionToken = tokenOf(request, sent);
  const isGraphQL = below('/graphql', path) !== undefined;
  return {
    isGraphQL,
    ...(isGraphQL ? graphQLPart(search, body, textOf) : { query: '', fields: [] }),
    method: (!isGraphQL && textIn(sent['_method'])?.toUpperCase()) || request.method,
    path: below('/parse', path) ?? path,
    ...(sessionToken && { sessionToken }),
    search,
    body,
  };
};

/** The calls inside of a batch, by their places; none in anything else. */
export const callsIn = (call: ClientCall, options: PathOptions): ClientCall[] => {
  const requests = call.path === '/batch' && isObject(call.body) ? call.body['requests'] : undefined;
  if (call.isGraphQL || !Array.isArray(requests)) return [];
  return requests.map((request: unknown): ClientCall => {
    const { method, path, body } = isObject(request) ? request : {};
    const target = toTarget(textIn(path) ?? '');
    return {
      ...call,
      method: textIn(method)?.toUpperCase() ?? 'GET',
      path: below(pathsOf(options).rest, target.path) ?? target.path,
      search: target.search,
      body,
    };
  });
};

/** The name of a call: its root fields, or its route. */
export const nameOf = ({ fields, method, path }: ClientCall): string =>
  fields.length > 0 ? fields.join(' ') : `${method} ${path}`;

const NAMED = /\busername\s*:\s*"([^"]*)"/g;

/** The usernames in a text of GraphQL or in a value, however deep. */
export const namesIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [...value.matchAll(NAMED)].map(([, name = '']) => name);
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'username' && typeof inner === 'string' ? [inner] : namesIn(inner),
  );
};

const BY_VARIABLE = /\busername\s*:\s*\$(\w+)/g;

const namesByVariable = ({ query, variables }: ClientCall): string[] =>
  [...query.matchAll(BY_VARIABLE)].flatMap(([, name = '']) => {
    const value = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    return typeof value === 'string' ? [value] : [];
  });

/** The usernames that stand in a call: who logs in or signs up has no session yet. */
export const usernamesIn = (call: ClientCall): string[] => {
  const { body, search, variables } = call;
  const parameters = new URLSearchParams(search);
  return [
    ...namesByVariable(call),
    ...parameters.getAll('username'),
    ...namesIn([...parameters.values()]),
    ...namesIn(variables),
    ...namesIn(body),
  ];
};
