import type { GraphQLBody, GraphQLResponse } from '../answer.ts';
import type { ErrorBody } from '../errors.ts';
import { type Dialect, isOwnCode } from './dialect.ts';

const withoutOwnCode = ({ extensions, ...error }: ErrorBody): ErrorBody => {
  const { code, ...others } = extensions ?? {};
  if (!isOwnCode(code)) return { ...error, ...(extensions && { extensions }) };
  return Object.keys(others).length > 0 ? { ...error, extensions: others } : error;
};

const withoutExtensions = ({ extensions: _, ...error }: ErrorBody): ErrorBody => error;

const withStatus = (error: ErrorBody, status: number, more = {}): ErrorBody => ({
  ...error,
  extensions: { status, ...more },
});

const refused = (errors: readonly ErrorBody[]): GraphQLBody => ({ data: null, errors });

const UNDETERMINED = 'Could not determine what operation to execute.';

const toPostOnly = (error: ErrorBody): ErrorBody => ({
  ...withStatus(error, 405, { headers: { Allow: 'POST' } }),
  message: error.message.replace(
    /^GET requests only support query operations, not (\w+) operations$/,
    'Can only perform a $1 operation from a POST request.',
  ),
});

const tell: { readonly [Stage in NonNullable<GraphQLResponse['stage']>]: Dialect } = {
  syntax: ({ status, body: { errors = [] } }) => ({
    status,
    body: refused(errors.map((error) => withStatus(error, status))),
  }),
  validation: ({ status, body: { errors = [] } }) => ({ status, body: refused(errors.map(withoutExtensions)) }),
  operation: ({ status, body: { errors = [] } }) => ({
    status,
    body: refused(
      errors
        .slice(0, 1)
        .map(({ reason }) => ({ ...withStatus({ message: UNDETERMINED }, status), ...(reason && { reason }) })),
    ),
  }),
  variables: ({ body: { errors = [] } }) => ({ status: 200, body: { errors: errors.map(withoutExtensions) } }),
  method: ({ status, headers, body: { errors = [] } }) => ({
    status,
    ...(headers && { headers }),
    body: refused(errors.map(toPostOnly)),
  }),
};

/** GraphQL Yoga 2: no codes of its own, and a `null` beside errors that came before the execution. */
export const yoga: Dialect = (answer) => {
  if (answer.stage) return tell[answer.stage](answer);
  const { errors, ...rest } = answer.body;
  return errors ? { ...answer, body: { errors: errors.map(withoutOwnCode), ...rest } } : answer;
};
