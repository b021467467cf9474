import type { GraphQLParams } from '../../graphql/execution/execute.ts';
import { toMediaType } from '../wire/media-type.ts';
import type { HttpRequest } from '../wire/message.ts';
import { readOperations } from '../wire/multipart.ts';
import { type GraphQLServer, isFields, RequestRefused } from './server.ts';

/** The type of its answers: it names no charset. */
const TYPE = 'application/json';

const refused = (status: number, message: string, extensions?: object): RequestRefused => {
  const body = { data: null, errors: [{ message, ...(extensions && { extensions }) }] };
  return new RequestRefused({ status, headers: { 'content-type': TYPE }, body: JSON.stringify(body) }, 'queryMissing');
};

const noQuery = (): RequestRefused => refused(400, 'Must provide query string.', { status: 400 });

const NO_VARIABLES =
  'Variables must be provided as an Object where each property is a variable value. Perhaps look to see if an unparsed JSON ' +
  'string was provided.';

const toParams = (fields: { readonly [name: string]: unknown }): GraphQLParams => {
  const { query, operationName, variables } = fields;
  if (query === undefined || query === null) throw noQuery();
  if (typeof query !== 'string') throw refused(500, "Cannot set properties of undefined (setting 'status')");
  if (variables !== undefined && variables !== null && typeof variables !== 'object') throw refused(500, NO_VARIABLES);
  return {
    query,
    operationName: operationName === undefined || operationName === null ? undefined : String(operationName),
    variables: isFields(variables) ? variables : undefined,
  };
};

const parse = (text: string, place: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused(500, `${place}${error instanceof Error ? error.message : error}`);
  }
};

const textOf = ({ body }: HttpRequest): string => (typeof body === 'string' ? body : new TextDecoder().decode(body));

const fromBody = (request: HttpRequest, fileLimit: number): GraphQLParams => {
  const { headers } = request;
  const isForm = toMediaType(headers['content-type'] ?? '')?.essence === 'multipart/form-data';
  const place = `invalid json response body at http://${headers['host'] ?? new URL(request.url, 'http://localhost').host}/ reason: `;
  const body = isForm ? readOperations(request, fileLimit) : parse(textOf(request), place);
  if (body === null) throw refused(500, "Cannot read properties of null (reading 'operationName')");
  return toParams(isFields(body) ? body : {});
};

const fromSearch = (search: string): GraphQLParams => {
  const parameters = new URLSearchParams(search);
  const variables = parameters.get('variables');
  return toParams({
    query: parameters.get('query') || undefined,
    operationName: parameters.get('operationName'),
    variables: variables ? parse(variables, '') : undefined,
  });
};

/** GraphQL Yoga 2: any body is read as JSON, whatever its type, and no answer asks what the client takes. */
export const createYoga = (fileLimit: number): GraphQLServer => ({
  typeFor: () => TYPE,
  read: (request, search) => {
    if (request.method === 'GET') return fromSearch(search);
    if (request.method === 'POST') return fromBody(request, fileLimit);
    throw refused(400, 'Request is not valid', { status: 400, statusText: 'Bad Request' });
  },
});
