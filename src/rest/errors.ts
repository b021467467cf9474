import type { Context } from '../operations/context.ts';
import { ERROR_CODES, MASTER_ONLY, messageOf, ParseError, permissionDenied, Stumble } from '../parse/error.ts';
import type { Reason } from '../parse/reason.ts';
import type { RestResponse, RestRoute } from './message.ts';

const STATUSES: ReadonlyMap<number, number> = new Map([
  [ERROR_CODES.INTERNAL_SERVER_ERROR, 500],
  [ERROR_CODES.OBJECT_NOT_FOUND, 404],
]);

const FAILURE = { code: ERROR_CODES.INTERNAL_SERVER_ERROR, message: 'Internal server error.' };

/** The one place where an error takes REST's form. What is not a ParseError is logged, and nothing of it is shown. */
export const toErrorResponse = (error: unknown, { log, options }: Pick<Context, 'log' | 'options'>): RestResponse => {
  if (error instanceof ParseError) {
    const { code, restError = messageOf(error, options), reason } = error;
    return { status: STATUSES.get(code) ?? 400, body: { code, error: restError }, reason };
  }
  if (error instanceof URIError) return { status: 400, body: { error: error.message } };
  if (error instanceof Stumble) return { status: 500, body: FAILURE, reason: error.reason };
  log('error', 'Uncaught internal server error', error);
  return { status: 500, body: FAILURE, reason: FAILURE.code };
};

const forbidden = (detail: string, reason: Reason, { options }: Context): RestResponse => ({
  status: 403,
  body: { error: messageOf(permissionDenied(detail), options) },
  reason,
});

/** A row for the master key alone. Such a refusal has no code, unlike those of the operations. */
export const masterOnly =
  (run: RestRoute['run']): RestRoute['run'] =>
  (call, context) =>
    context.auth.isMaster ? run(call, context) : forbidden(MASTER_ONLY, 'masterKeyMissing', context);

/** A row for all but the master key that only reads, to which files answer as to nobody. */
export const notReadOnly =
  (run: RestRoute['run'], doing: string): RestRoute['run'] =>
  (call, context) =>
    context.auth.isReadOnly
      ? forbidden(`read-only masterKey isn't allowed to ${doing}.`, 'keyReadOnly', context)
      : run(call, context);

/** A row for the master key, but not for the one that only reads. */
export const writingMasterOnly = (run: RestRoute['run'], doing: string): RestRoute['run'] =>
  notReadOnly(masterOnly(run), doing);
