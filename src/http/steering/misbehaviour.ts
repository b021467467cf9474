import type { Meet } from '../../graphql/schema/root-hook.ts';
import { ParseError } from '../../parse/error.ts';
import { isPointer } from '../../parse/record.ts';
import { toErrorResponse } from '../../rest/errors.ts';
import type { Store } from '../../store/store.ts';
import type { Parts, Turn } from '../parts.ts';
import { json } from '../wire/answers.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import { type Call, callsIn, namesIn, toCall, usernamesIn } from './call.ts';
import type { Fault, FaultsInUse } from './faults.ts';
import type { Intercepts } from './intercepts.ts';

/** Answers a request in a turn of its own. */
export type Answering = (turn: Turn) => Promise<HttpResponse>;

/** Answers a request as faults and intercepts want it. */
export type Misbehave = (request: HttpRequest, turn: Turn, answer: Answering) => Promise<HttpResponse>;

const REASONS: { readonly [status: number]: string } = {
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

type IsUser = (name: string) => boolean;

const isSessionUser = (call: Call, store: Store): IsUser => {
  const [session] = call.sessionToken ? store.lookUp('_Session', 'sessionToken', call.sessionToken) : [];
  const pointer = session?.['user'];
  const user = isPointer(pointer) ? store.get('_User', pointer.objectId) : undefined;
  return (name) => user !== undefined && [user.objectId, user['username']].includes(name);
};

const isUserOf = (call: Call, isAsker: IsUser): IsUser => {
  const names = usernamesIn(call);
  return (name) => isAsker(name) || names.includes(name);
};

const wait = (milliseconds: number): Promise<void> =>
  milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve();

const toError = ({ error }: Fault): ParseError | undefined =>
  error && new ParseError(error.code, error.message ?? `A fault of the emulator's (${error.code})`);

/** Whether a fault that struck the call is meant for this field of it: one that names another field is not. */
const isFor = ({ operation }: Fault, field: string, { operationName }: Call): boolean =>
  operation === undefined || operation === field || operation === operationName || operation.includes('/');

/** Whether it is meant for the one who asks, or for whom the arguments of a field name. */
const isAbout = ({ user }: Fault, args: unknown, isAsker: IsUser): boolean =>
  user === undefined || isAsker(user) || namesIn(args).includes(user);

type Struck = { readonly struck: readonly Fault[]; readonly call: Call; readonly isAsker: IsUser };

/** The root fields' part: an error of Parse is that of a field, and its neighbours are answered. */
const toMeet = (
  { struck, call, isAsker }: Struck,
  { store }: Turn,
  intercepts: Intercepts | undefined,
): Meet | undefined => {
  const errors = struck.filter(({ error }) => error !== undefined);
  if (errors.length === 0 && (!intercepts || intercepts.isEmpty())) return undefined;
  return (rootCall, who) => {
    const fault = errors.find((one) => isFor(one, rootCall.field, call) && isAbout(one, rootCall.args, isAsker));
    const error = fault && toError(fault);
    if (error) throw error;
    return intercepts && !store.isOver ? intercepts.meet(rootCall, who) : rootCall.proceed();
  };
};

/** What is answered before anybody looks at the request. */
const answerBefore = (struck: readonly Fault[], call: Call, { log }: Parts): HttpResponse | undefined => {
  if (struck.some(({ network }) => network)) return { status: 0, headers: {}, body: '', broken: 'connection' };
  const { status, retryAfter } = struck.find((fault) => fault.status !== undefined) ?? {};
  const after = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
  if (status !== undefined) return json(status, { error: REASONS[status] ?? `Status ${status}` }, after);
  const error = call.isGraphQL ? undefined : struck.map(toError).find((one) => one !== undefined);
  if (!error) return undefined;
  const refused = toErrorResponse(error, log);
  return json(refused.status, refused.body);
};

/** The error of a call inside of a batch is that call's answer; all else happens to the batch. */
const withoutError = ({ error: _, ...fault }: Fault): Fault => fault;

const cut = (answer: HttpResponse): HttpResponse => ({
  ...answer,
  body: answer.body.slice(0, Math.floor(answer.body.length / 2)),
  broken: 'body',
});

const isQuiet = (faults: FaultsInUse | undefined, intercepts: Intercepts | undefined): boolean =>
  (!faults || faults.isEmpty()) && (!intercepts || intercepts.isEmpty());

/** Stands before the routes that clients ask. As long as there is nothing to do it costs nothing. */
export const createMisbehaviour = (parts: Parts): Misbehave => {
  const { faults, intercepts } = parts;
  return async (request, turn, answer) => {
    if (isQuiet(faults, intercepts)) return answer(turn);
    const call = toCall(request, parts.textOf);
    const isAsker = isSessionUser(call, parts.store);
    const struck = faults?.isEmpty() === false ? faults.strike(call, isUserOf(call, isAsker)) : [];
    const inner = callsIn(call).map((one) => faults?.strike(one, isUserOf(one, isAsker), call) ?? []);
    const all = [...struck, ...inner.flat()];
    for (const fault of all) await wait(faults?.wait(fault) ?? 0);
    const { session } = all.find((fault) => fault.session !== undefined) ?? {};
    const meet = toMeet({ struck, call, isAsker }, turn, intercepts);
    const refusals = inner.map((faultsOfOne) => faultsOfOne.map(toError).find((one) => one !== undefined));
    const answered =
      answerBefore(struck, call, parts) ??
      answerBefore(inner.flat().map(withoutError), call, parts) ??
      (await answer({ ...turn, session, meet, refusals }));
    return answered.broken === undefined && all.some((fault) => fault.cut) ? cut(answered) : answered;
  };
};
