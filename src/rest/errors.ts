import type { Log } from '../operations/context.ts';
import { ERROR_CODES, ParseError } from '../parse/error.ts';
import type { RestResponse, RestRoute } from './message.ts';

const STATUSES: ReadonlyMap<number, number> = new Map([
  [ERROR_CODES.INTERNAL_SERVER_ERROR, 500],
  [ERROR_CODES.OBJECT_NOT_FOUND, 404],
]);

/** The one place where an error takes REST's form. What is no ParseError is logged, and nothing of it is shown. */
export const toErrorResponse = (error: unknown, log: Log): RestResponse => {
  if (error instanceof ParseError) {
    return { status: STATUSES.get(error.code) ?? 400, body: { code: error.code, error: error.told ?? error.message } };
  }
  if (error instanceof URIError) return { status: 400, body: { error: error.message } };
  log('error', 'Uncaught internal server error', error);
  return { status: 500, body: { code: ERROR_CODES.INTERNAL_SERVER_ERROR, message: 'Internal server error.' } };
};

const FORBIDDEN: RestResponse = { status: 403, body: { error: 'Permission denied' } };

/** A row for the master key alone. Such a refusal has no code, unlike those of the operations. */
export const masterOnly =
  (run: RestRoute['run']): RestRoute['run'] =>
  (call, context) =>
    context.auth.isMaster ? run(call, context) : FORBIDDEN;

/** A row for all but the master key that only reads, to which files answer as to nobody. */
export const notReadOnly =
  (run: RestRoute['run']): RestRoute['run'] =>
  (call, context) =>
    context.auth.isReadOnly ? FORBIDDEN : run(call, context);

/** A row for the master key, but not for the one that only reads. */
export const writingMasterOnly = (run: RestRoute['run']): RestRoute['run'] => notReadOnly(masterOnly(run));
