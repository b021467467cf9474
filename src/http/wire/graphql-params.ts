import type { GraphQLParams } from '../../graphql/execution/execute.ts';
import type { Reason, RequestReason } from '../../parse/reason.ts';
import { isObject, textIn } from '../../parse/record.ts';
import { toMediaType } from './media-type.ts';

/** A request that is not a GraphQL request. The words are Apollo Server's. */
export class BadRequest extends Error {
  readonly status: number;
  readonly headers: { readonly [name: string]: string } | undefined;
  /** What happened. */
  readonly reason: Reason;

  constructor(
    message: string,
    {
      status = 400,
      headers,
      reason = { code: 'BAD_REQUEST' },
    }: {
      readonly status?: number;
      readonly headers?: { readonly [name: string]: string };
      readonly reason?: RequestReason | { readonly code: string };
    } = {},
  ) {
    super(message);
    this.name = 'BadRequest';
    this.status = status;
    this.headers = headers;
    this.reason = reason;
  }
}

type Fields = { readonly [name: string]: unknown };

/** What is wrong with a query that is not text; undefined for one that is. */
export const checkQuery = (query: unknown): string | undefined => {
  if (!query || typeof query === 'string') return undefined;
  const isDocument = isObject(query) && query['kind'] === 'Document';
  return isDocument
    ? "GraphQL queries must be strings. It looks like you're sending the internal graphql-js representation of a parsed query in " +
        'your request instead of a request in the GraphQL query language. You can convert an AST to a string using the `print` ' +
        'function from `graphql`, or use a client like `apollo-client` which converts the internal representation to a string ' +
        'for you.'
    : 'GraphQL queries must be strings.';
};

const checkText = (fields: Fields, name: 'variables' | 'extensions'): void => {
  if (typeof fields[name] !== 'string') return;
  throw new BadRequest(
    `\`${name}\` in a POST body should be provided as an object, not a recursively JSON-encoded string.`,
  );
};

const checkObject = (fields: Fields, name: 'variables' | 'extensions'): void => {
  const value = fields[name];
  if (value === undefined || value === null || isObject(value)) return;
  throw new BadRequest(`\`${name}\` in a POST body must be an object if provided.`);
};

const checkName = ({ operationName }: Fields): void => {
  if (operationName === undefined || operationName === null || typeof operationName === 'string') return;
  throw new BadRequest('`operationName` in a POST body must be a string if provided.');
};

const fieldsIn = (value: unknown): Fields | undefined => (isObject(value) ? value : undefined);

const isJson = (contentType: string | undefined): boolean =>
  contentType !== undefined && toMediaType(contentType)?.essence === 'application/json';

/** What is wrong with a POST that brings nothing to read. */
const whyEmpty = (body: unknown, contentType: string | undefined): RequestReason => {
  if (body !== undefined) return 'queryMissing';
  return isJson(contentType) ? 'bodyMissing' : 'contentType';
};

const fromBody = (body: unknown, contentType: string | undefined): GraphQLParams => {
  if (Array.isArray(body)) throw new BadRequest('Operation batching disabled.');
  if (!isObject(body) || Object.keys(body).length === 0) {
    throw new BadRequest('POST body missing, invalid Content-Type, or JSON object has no keys.', {
      reason: whyEmpty(body, contentType),
    });
  }
  const problem = checkQuery(body['query']);
  if (problem !== undefined) throw new BadRequest(problem);
  checkText(body, 'variables');
  checkText(body, 'extensions');
  checkObject(body, 'extensions');
  checkObject(body, 'variables');
  checkName(body);
  return {
    query: textIn(body['query']),
    operationName: textIn(body['operationName']),
    variables: fieldsIn(body['variables']),
    extensions: fieldsIn(body['extensions']),
  };
};

const onlyOne = (search: URLSearchParams, name: string): string | undefined => {
  const values = search.getAll(name);
  if (values.length > 1) throw new BadRequest(`The '${name}' search parameter may only be specified once.`);
  return values[0];
};

const onlyObject = (search: URLSearchParams, name: string): Fields | undefined => {
  const text = onlyOne(search, name);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadRequest(`The ${name} search parameter contains invalid JSON.`);
  }
  if (isObject(value)) return value;
  throw new BadRequest(`The ${name} search parameter should contain a JSON-encoded object.`);
};

const fromSearch = (search: string, contentType: string | undefined): GraphQLParams => {
  if (contentType !== undefined && !isJson(contentType)) {
    throw new BadRequest('GET requests may not have a content-type header other than application/json.', {
      status: 415,
      reason: 'contentType',
    });
  }
  const parameters = new URLSearchParams(search);
  return {
    query: onlyOne(parameters, 'query'),
    operationName: onlyOne(parameters, 'operationName'),
    variables: onlyObject(parameters, 'variables'),
    extensions: onlyObject(parameters, 'extensions'),
  };
};

/** What is read of a request to find out what it asks. */
export type GraphQLRequestParts = {
  readonly method: string;
  readonly search: string;
  readonly contentType: string | undefined;
  readonly body: unknown;
};

/** The GraphQL request in an HTTP request. Throws `BadRequest` when there is none. */
export const toGraphQLParams = ({ method, search, contentType, body }: GraphQLRequestParts): GraphQLParams => {
  if (method === 'POST') return fromBody(body, contentType);
  if (method === 'GET') return fromSearch(search, contentType);
  throw new BadRequest('Apollo Server supports only GET/POST requests.', {
    status: 405,
    headers: { allow: 'GET, POST' },
  });
};

const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/**
 * Refuses what a browser sends to another site without asking it first (cross-site request forgery): a request with one of
 * the types that a form has, and without the header for which a browser asks.
 */
export const checkForgery = (contentType: string | undefined, appId: string | undefined): void => {
  if (appId) return;
  const type = contentType === undefined ? undefined : toMediaType(contentType);
  if (contentType !== undefined && (type === undefined || !SIMPLE_TYPES.has(type.essence))) return;
  throw new BadRequest(
    'This operation has been blocked as a potential Cross-Site Request Forgery (CSRF). Please either specify a ' +
      `'content-type' header (with a type that is not one of ${[...SIMPLE_TYPES].join(', ')}) or provide a non-empty value for ` +
      'one of the following headers: X-Parse-Application-Id\n',
    { reason: 'contentType' },
  );
};
