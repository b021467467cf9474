import { ERROR_CODES } from '../parse/error.ts';
import { behaviourOf } from '../parse/versions/versions.ts';
import { OvertakenError } from '../store/overtaken.ts';
import { createFaultInjector } from './fault-injection.ts';
import { createRequestScope, type Parts, type RequestScope } from './parts.ts';
import { createTeller } from './refusals.ts';
import { createConsole } from './routes/console.ts';
import { createControl } from './routes/control.ts';
import { createFiles } from './routes/files.ts';
import { createGraphQL, failureInGraphQL } from './routes/graphql.ts';
import { leadToPage } from './routes/landing.ts';
import { createPages } from './routes/pages.ts';
import { createPlayground } from './routes/playground.ts';
import { createRestRoute } from './routes/rest.ts';
import type { HttpRoute } from './routes/routes.ts';
import type { RequestsLog } from './steering/requests-log.ts';
import { createRequestsLog } from './steering/requests-log.ts';
import { failureInJson, json, notFoundPage, text } from './wire/answers.ts';
import { BodyError } from './wire/body.ts';
import { createCors, loopbackCors, openCors, openPreflight } from './wire/cors.ts';
import type { HttpRequest, HttpResponse, RequestHandler } from './wire/message.ts';
import type { Target } from './wire/target.ts';
import { below, toTarget } from './wire/target.ts';

const notFound: HttpRoute['answer'] = (request) => notFoundPage(request);

const corsOfGraphQL = ({ options }: Parts): Pick<HttpRoute, 'cors' | 'preflight'> =>
  behaviourOf(options).graphQLCors === 'asRest'
    ? {}
    : {
        cors: openCors,
        preflight: ({ headers }) => ({
          status: 204,
          headers: openPreflight(headers['access-control-request-headers']),
          body: '',
        }),
      };

/** What answers where; the first row that fits is the one. */
const routesOf = (parts: Parts, requests: RequestsLog): readonly HttpRoute[] => {
  const rest = createRestRoute(parts);
  const row = (mount: string, answer: HttpRoute['answer']): HttpRoute => ({
    mount,
    answer,
    failure: failureInJson,
    isLogged: true,
  });
  return [
    { ...row('/graphql', createGraphQL(parts)), failure: failureInGraphQL, ...corsOfGraphQL(parts) },
    row('/parse/health', () => json(200, { status: 'ok' })),
    row('/parse/files', createFiles(parts, rest)),
    row('/parse/apps', createPages(parts, rest)),
    row('/parse', rest),
    { ...row('/emulator', createControl(parts, requests)), isLogged: false, isSettled: true, cors: loopbackCors },
    { ...row('/console', createConsole(parts)), isLogged: false },
    { ...row('/playground', createPlayground(parts)), isLogged: false },
    row('', notFound),
  ];
};

/** How often a request that only reads is answered anew when what it read was taken back. */
const MOST_TRIES = 10;

type RoutedRequest = { readonly request: HttpRequest; readonly target: Target; readonly path: string };

/** Answers a request, anew as long as what it read was taken back. */
const attempt = async (
  route: HttpRoute,
  { request, target, path }: RoutedRequest,
  scope: RequestScope,
): Promise<HttpResponse> => {
  for (let tries = 1; ; tries++) {
    const store = tries === 1 ? scope.store : scope.store.forOne();
    scope.notes.hidden.length = 0;
    scope.notes.reason = undefined;
    const answer = await route.answer(request, target, path, { ...scope, store });
    try {
      const pending = route.isSettled ? undefined : store.settled();
      if (pending) await pending;
      return answer;
    } catch (error) {
      // What others wrote, and this one may have read, was taken back. Reading goes on when nothing can be written any more.
      // Writing goes on from what somebody else has written in the meantime.
      const isOvertaken = error instanceof OvertakenError;
      if ((store.hasWritten && !isOvertaken) || tries === MOST_TRIES) throw error;
      if (isOvertaken) await error.isKnown;
    }
  }
};

/**
 * The one door of the emulator. It never rejects: every request gets an answer, with CORS headers, once what it wrote is
 * safe.
 */
export const createApp = (parts: Parts): RequestHandler => {
  const { requests = createRequestsLog(parts) } = parts;
  const misbehave = createFaultInjector(parts);
  const routes = routesOf(parts, requests);
  const cors = createCors(parts.options);
  const teller = createTeller(parts);

  const answerOf = async (route: HttpRoute, asked: RoutedRequest, scope: RequestScope): Promise<HttpResponse> => {
    const { request, target } = asked;
    try {
      return await attempt(route, asked, scope);
    } catch (error) {
      const isBody = error instanceof BodyError;
      if (!isBody) parts.log('error', `Failed to answer ${request.method} ${target.path}`, error);
      const reason = isBody ? error.reason : ERROR_CODES.INTERNAL_SERVER_ERROR;
      return teller.refuse({ refused: route.failure(error), reason }, scope);
    }
  };

  return async (request) => {
    const target = toTarget(request.url);
    const landing = leadToPage(request, target, parts.options);
    if (landing) return finish(request, landing, cors(request.headers['origin']));
    for (const route of routes) {
      const path = below(route.mount, target.path);
      if (path === undefined) continue;
      const corsHeaders = (route.cors ?? cors)(request.headers['origin']);
      if (request.method === 'OPTIONS') return route.preflight?.(request) ?? withHeaders(text(200, 'OK'), corsHeaders);
      const asked = { request, target, path };
      const scope = createRequestScope(parts);
      if (!route.isLogged) return finish(request, await answerOf(route, asked, scope), corsHeaders);
      const startedAt = parts.clock.now();
      const answer = await misbehave(request, scope, (own) => answerOf(route, asked, own));
      if (!scope.store.isOver) requests.add(request, answer, startedAt, scope.notes);
      return finish(request, answer, corsHeaders);
    }
    return finish(request, notFoundPage(request), cors(request.headers['origin']));
  };
};

type Headers = HttpResponse['headers'];

const merged = new WeakMap<Headers, WeakMap<Headers, Headers>>();

// Headers that are frozen come again and again, and are put together once.
const merge = (headers: Headers, more: Headers): Headers => {
  if (!Object.isFrozen(headers)) return { ...more, ...headers };
  const known = merged.get(more) ?? new WeakMap<Headers, Headers>();
  merged.set(more, known);
  const found = known.get(headers) ?? { ...more, ...headers };
  known.set(headers, found);
  return found;
};

const withHeaders = ({ headers, ...answer }: HttpResponse, more: Headers): HttpResponse => ({
  ...answer,
  headers: merge(headers, more),
});

/** The head of an answer: it tells how long the body would be, unless more follows. */
const withoutBody = ({ headers, body, stream, ...answer }: HttpResponse): HttpResponse => {
  const length = typeof body === 'string' ? new TextEncoder().encode(body).length : body.length;
  const isKnown = !stream && length > 0;
  return { ...answer, headers: { ...headers, ...(isKnown && { 'content-length': String(length) }) }, body: '' };
};

const finish = ({ method }: HttpRequest, answer: HttpResponse, more: Headers): HttpResponse =>
  withHeaders(method === 'HEAD' ? withoutBody(answer) : answer, more);
