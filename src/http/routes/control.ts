import type { Options } from '../../options/table.ts';
import { ParseError } from '../../parse/error.ts';
import { UserError } from '../../parse/user-error.ts';
import { answerEvents } from '../control/events.ts';
import { controlRuns } from '../control/runs.ts';
import { applicationIdOf } from '../credentials/application-id.ts';
import { isSecret } from '../credentials/credentials.ts';
import { mayUseKey } from '../credentials/master-key.ts';
import type { Parts } from '../parts.ts';
import type { RequestsLog } from '../steering/requests-log.ts';
import { json } from '../wire/answers.ts';
import { BodyError, readJson } from '../wire/body.ts';
import { isFromForeignPage, isFromHere, namesHere } from '../wire/loopback.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import type { Target } from '../wire/target.ts';
import type { HttpRoute } from './routes.ts';

/** The largest body, in bytes: a state may be large, it is the developer's own. */
export const CONTROL_LIMIT: number = 1024 ** 3;

/** Whether a request may control the emulator: this machine may, and who comes from elsewhere with a master key that counts there. */
export const mayControl = (
  request: Pick<HttpRequest, 'headers' | 'peer'>,
  target: Pick<Target, 'host'>,
  options: Options,
): boolean => {
  if (isFromForeignPage(request) || !namesHere(request, target)) return false;
  const hasKey = isSecret(request.headers['x-parse-master-key'], options.masterKey);
  return isFromHere(request, target) || (hasKey && mayUseKey('master', request, target, options));
};

/** What no answer lacks: a page from elsewhere must find nothing in the cache of the browser, nor have it taken for a script. */
const GUARDS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', vary: 'Origin' };

const guarded = (answer: HttpResponse): HttpResponse => ({ ...answer, headers: { ...answer.headers, ...GUARDS } });

const REFUSAL = 'The control routes answer to this machine, and from elsewhere to the master key.';

/** Whether the caller can put it right; any other error is a bug, which is logged and answered as one. */
const isCallers = (error: unknown): error is Error =>
  [UserError, ParseError, RangeError, BodyError].some((kind) => error instanceof kind);

/** A mistake as the caller reads it; what Parse refuses has Parse's code. */
const toMistake = (error: Error): HttpResponse => {
  const code = error instanceof ParseError ? { code: error.code } : {};
  return json(error instanceof BodyError ? error.status : 400, { error: error.message, ...code });
};

const createAnswer = (parts: Parts, requests: RequestsLog): HttpRoute['answer'] => {
  const runs = new Map(Object.entries(controlRuns(parts, requests)));
  return async (request, target, path): Promise<HttpResponse> => {
    if (!mayControl(request, target, parts.options)) return json(403, { error: REFUSAL });
    const appId = applicationIdOf({ ...request, body: '' });
    if (appId !== undefined && appId !== parts.options.appId) {
      return json(403, { error: `There is no application "${appId}" here: name it in the option apps.` });
    }
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = `${method} ${path.replace(/\/$/, '')}`;
    const query = new URLSearchParams(target.search);
    const run = runs.get(route);
    try {
      if (route === 'GET /events' && parts.events) {
        return answerEvents(query, { appId: parts.options.appId, now: parts.clock.now(), events: parts.events });
      }
      if (!run) return json(404, { error: `There is no control route ${request.method} /emulator${path}.` });
      const body = readJson(request, CONTROL_LIMIT);
      if (body === undefined && method === 'PUT')
        throw new BodyError(400, 'No state came with this, and nothing is changed.');
      return json(200, (await run(body ?? {}, query)) ?? {});
    } catch (error) {
      if (!isCallers(error)) throw error;
      return toMistake(error);
    }
  };
};

/** The routes below `/emulator`, for tests in other processes and languages. */
export const createControl = (parts: Parts, requests: RequestsLog): HttpRoute['answer'] => {
  const answer = createAnswer(parts, requests);
  return async (...asked) => guarded(await answer(...asked));
};
