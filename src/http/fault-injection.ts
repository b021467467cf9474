import type { RootFieldHook } from '../graphql/context.ts';
import { type ParseError, refusal } from '../parse/error.ts';
import { isPointer } from '../parse/record.ts';
import { toErrorResponse } from '../rest/errors.ts';
import type { Store } from '../store/store.ts';
import type { Parts, RequestScope } from './parts.ts';
import { createTeller } from './refusals.ts';
import { type ClientCall, callsIn, namesIn, toClientCall, usernamesIn } from './steering/client-call.ts';
import type { ActiveFaults, Fault } from './steering/faults.ts';
import type { Intercepts } from './steering/intercepts.ts';
import { json } from './wire/answers.ts';
import type { HttpRequest, HttpResponse } from './wire/message.ts';

/** Answers a request in a scope of its own. */
export type Respond = (scope: RequestScope) => Promise<HttpResponse>;

/** Answers a request as faults and intercepts want it. */
export type InjectFaults = (request: HttpRequest, scope: RequestScope, answer: Respond) => Promise<HttpResponse>;

const REASONS: { readonly [status: number]: string } = {
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

type IsUser = (name: string) => boolean;

const isSessionUser = (call: ClientCall, store: Store): IsUser => {
  const [session] = call.sessionToken ? store.lookUp('_Session', 'sessionToken', call.sessionToken) : [];
  const pointer = session?.['user'];
  const user = isPointer(pointer) ? store.get('_User', pointer.objectId) : undefined;
  return (name) => user !== undefined && [user.objectId, user['username']].includes(name);
};

const isUserOf = (call: ClientCall, isAsker: IsUser): IsUser => {
  const names = usernamesIn(call);
  return (name) => isAsker(name) || names.includes(name);
};

/** Waits so many milliseconds; not at all for none. */
export const waitFor = (milliseconds: number): Promise<void> =>
  milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve();

/** The error that a fault stands for, if it is one. */
export const faultError = ({ error }: Fault): ParseError | undefined =>
  error && refusal('fault', error.code, error.message ?? `A fault of the emulator's (${error.code})`);

/** Whether a fault that hit the call is meant for this field of it: one that names another field is not. */
const isFor = ({ operation }: Fault, field: string, { operationName }: ClientCall): boolean =>
  operation === undefined || operation === field || operation === operationName || operation.includes('/');

/** Whether it is meant for the one who asks, or for whom the arguments of a field name. */
const isAbout = ({ user }: Fault, args: unknown, isAsker: IsUser): boolean =>
  user === undefined || isAsker(user) || namesIn(args).includes(user);

type FaultyCall = { readonly hits: readonly Fault[]; readonly call: ClientCall; readonly isAsker: IsUser };

/** The root fields' part: an error of Parse is that of a field, and its neighbours are answered. */
const toRootFieldHook = (
  { hits, call, isAsker }: FaultyCall,
  { store }: RequestScope,
  intercepts: Intercepts | undefined,
): RootFieldHook | undefined => {
  const errors = hits.filter(({ error }) => error !== undefined);
  if (errors.length === 0 && (!intercepts || intercepts.isEmpty())) return undefined;
  return (rootCall, who) => {
    const fault = errors.find((one) => isFor(one, rootCall.field, call) && isAbout(one, rootCall.args, isAsker));
    const error = fault && faultError(fault);
    if (error) throw error;
    return intercepts && !store.isOver ? intercepts.hook(rootCall, who) : rootCall.proceed();
  };
};

/** What is answered before anybody looks at the request. */
const answerBefore = (hits: readonly Fault[], call: ClientCall, parts: Parts): HttpResponse | undefined => {
  if (hits.some(({ network }) => network)) return { status: 0, headers: {}, body: '', broken: 'connection' };
  const { status, retryAfter } = hits.find((fault) => fault.status !== undefined) ?? {};
  const after = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
  if (status !== undefined) return json(status, { error: REASONS[status] ?? `Status ${status}` }, after);
  const error = call.isGraphQL ? undefined : hits.map(faultError).find((one) => one !== undefined);
  if (!error) return undefined;
  const refused = toErrorResponse(error, parts);
  return json(refused.status, refused.body);
};

/** The error of a call inside of a batch is that call's answer; all else happens to the batch. */
const withoutError = ({ error: _, ...fault }: Fault): Fault => fault;

const cut = (answer: HttpResponse): HttpResponse => ({
  ...answer,
  body: answer.body.slice(0, Math.floor(answer.body.length / 2)),
  broken: 'body',
});

const isQuiet = (faults: ActiveFaults | undefined, intercepts: Intercepts | undefined): boolean =>
  (!faults || faults.isEmpty()) && (!intercepts || intercepts.isEmpty());

/** Stands before the routes that clients ask. As long as there is nothing to do it costs nothing. */
export const createFaultInjector = (parts: Parts): InjectFaults => {
  const { faults, intercepts } = parts;
  const teller = createTeller(parts);
  return async (request, scope, answer) => {
    if (isQuiet(faults, intercepts)) return answer(scope);
    const call = toClientCall(request, parts.textOf);
    const isAsker = isSessionUser(call, parts.store);
    const hits = faults?.isEmpty() === false ? faults.hit(call, isUserOf(call, isAsker)) : [];
    const inner = callsIn(call, parts.options).map((one) => faults?.hit(one, isUserOf(one, isAsker), call) ?? []);
    const all = [...hits, ...inner.flat()];
    for (const fault of all) await waitFor(faults?.wait(fault) ?? 0);
    const { session } = all.find((fault) => fault.session !== undefined) ?? {};
    const rootFieldHook = toRootFieldHook({ hits, call, isAsker }, scope, intercepts);
    const refusals = inner.map((faultsOfOne) => faultsOfOne.map(faultError).find((one) => one !== undefined));
    const refused = answerBefore(hits, call, parts) ?? answerBefore(inner.flat().map(withoutError), call, parts);
    const answered = refused
      ? teller.refuse({ refused, reason: 'fault' }, scope)
      : await answer({ ...scope, session, rootFieldHook, refusals });
    if (answered.broken !== undefined || !all.some((fault) => fault.cut)) return answered;
    scope.notes.reason = 'fault';
    return cut(answered);
  };
};
