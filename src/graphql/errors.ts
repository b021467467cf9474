import type { GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { Context } from '../operations/context.ts';
import { ERROR_CODES, messageOf, ParseError, Stumble } from '../parse/error.ts';
import type { Reason } from '../parse/reason.ts';
import { behaviourOf } from '../parse/versions/versions.ts';

/** The codes of refusals that are not Parse's own, as Apollo Server names them. */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'INTERNAL_SERVER_ERROR'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'PERSISTED_QUERY_NOT_SUPPORTED';

/**
 * One entry of `errors` in an answer: message, locations, path, extensions, in this order. `reason` says what happened, and is taken off
 * before the answer is sent.
 */
export type ErrorBody = GraphQLFormattedError & { readonly reason?: Reason };

/** The error as clients see it. */
export const withoutReason = ({ reason: _, ...error }: ErrorBody): GraphQLFormattedError => error;

/** An error without a place in the document. */
export const errorBody = (message: string, code: ErrorCode, reason: Reason = { code }): ErrorBody => ({
  message,
  extensions: { code },
  reason,
});

/**
 * An error as it goes over the wire. A code that the error brings itself wins. graphql-js hands on what its own recursion
 * throws when values nest too deeply for the stack, and that is a plain `Error`.
 */
export const toErrorBody = (error: Error, code: ErrorCode, reason: Reason = { code }): ErrorBody =>
  error instanceof GraphQLError
    ? { ...error.toJSON(), extensions: { ...error.extensions, code: error.extensions['code'] ?? code }, reason }
    : errorBody(error.message, code, reason);

/** What stands for any failure of the emulator's own: nothing of its inside is shown. */
export const INTERNAL_ERROR: ErrorBody = errorBody('Internal server error', 'INTERNAL_SERVER_ERROR');

/** Parse Server forgot to translate the errors of these two: they keep their message and lose their number. */
const UNTRANSLATED = new Set(['resetPassword', 'confirmResetPassword']);

const isUntranslated = ({ nodes }: GraphQLError): boolean => {
  const node = nodes?.[0];
  return node?.kind === 'Field' && UNTRANSLATED.has(node.name.value);
};

/** Runs what Parse Server forgot to translate the errors of, too: the lists inside of objects. */
export const untranslated = async <Result>(run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    throw error instanceof ParseError ? new GraphQLError(error.message, { originalError: error }) : error;
  }
};

/** graphql-js throws this one as a plain error, so that it looks like a failure of the resolver. */
const NULL_VIOLATION = 'Cannot return null for non-nullable field ';

/** Whether the error is a finding of graphql-js, or one that a resolver has already brought into its form. */
const isOwn = (cause: unknown): boolean =>
  cause === undefined ||
  cause instanceof GraphQLError ||
  (cause instanceof Error && cause.message.startsWith(NULL_VIOLATION));

const untranslatedReason = (cause: unknown): Reason | undefined =>
  cause instanceof GraphQLError && cause.originalError instanceof ParseError ? cause.originalError.reason : undefined;

/** A server that shows exceptions tells Parse's code after all. */
const toUntranslated = (error: GraphQLError, cause: ParseError, options: Context['options']): ErrorBody => {
  const told = toErrorBody(error, 'INTERNAL_SERVER_ERROR', cause.reason);
  if (!behaviourOf(options).showsExceptions) return told;
  const exception = { message: cause.message, code: cause.code };
  return { ...told, extensions: { ...told.extensions, exception } };
};

/**
 * An error of an execution in the form that it has on the wire. graphql-js wraps what a resolver throws into a GraphQLError
 * with the place of the field.
 */
export const toExecutionError = (
  error: GraphQLError,
  { log, options }: Pick<Context, 'log' | 'options'>,
): ErrorBody => {
  const cause: unknown = error.originalError;
  if (isOwn(cause)) return toErrorBody(error, 'INTERNAL_SERVER_ERROR', untranslatedReason(cause));
  if (cause instanceof ParseError) {
    return isUntranslated(error)
      ? toUntranslated(error, cause, options)
      : {
          ...error.toJSON(),
          message: messageOf(cause, options),
          extensions: { code: cause.code },
          reason: cause.reason,
        };
  }
  const stumbled = cause instanceof Stumble;
  if (!stumbled) log('error', `Failed to resolve ${error.path?.join('.') ?? 'a field'}`, cause);
  return {
    ...error.toJSON(),
    message: 'Internal server error',
    extensions: { code: ERROR_CODES.INTERNAL_SERVER_ERROR },
    reason: stumbled ? cause.reason : ERROR_CODES.INTERNAL_SERVER_ERROR,
  };
};
