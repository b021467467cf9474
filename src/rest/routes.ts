import type { Context } from '../operations/context.ts';
import { useRequestId } from '../operations/request-ids.ts';
import { type JsonObject, toObject } from '../parse/record.ts';
import { behaviourOf } from '../parse/versions/versions.ts';
import { batchRoute, type Run } from './batch.ts';
import { checkDepth } from './depth.ts';
import { toErrorResponse } from './errors.ts';
import type { RestRequest, RestResponse, RestRoute } from './message.ts';
import { createRouter } from './router.ts';
import { AGGREGATE_ROUTES } from './routes/aggregate.ts';
import { AUDIENCE_ROUTES } from './routes/audiences.ts';
import { CONFIG_ROUTES } from './routes/config.ts';
import { ENGINE_ROUTES } from './routes/engines.ts';
import { FILE_ROUTES } from './routes/files.ts';
import { FUNCTION_ROUTES } from './routes/functions.ts';
import { GRAPHQL_CONFIG_ROUTES } from './routes/graphql-config.ts';
import { HOOK_ROUTES } from './routes/hooks.ts';
import { JOB_ROUTES } from './routes/jobs.ts';
import { objectRoutes } from './routes/objects.ts';
import { PURGE_ROUTES } from './routes/purge.ts';
import { SCHEMA_ROUTES } from './routes/schemas.ts';
import { SERVER_ROUTES } from './routes/server.ts';
import { SESSION_ROUTES } from './routes/sessions.ts';
import { USER_ROUTES } from './routes/users.ts';

export type { Refusals, RestRequest, RestResponse } from './message.ts';

/** Rows of which those that write count a request id once only. */
const once = (routes: readonly RestRoute[]): RestRoute[] =>
  routes.map((route) => (route.method === 'POST' || route.method === 'PUT' ? { ...route, isOnce: true } : route));

/** The rows that a batch may call, too. */
const ROUTES: readonly RestRoute[] = [
  ...once(objectRoutes('/classes/:className')),
  ...once(objectRoutes('/users', '_User')),
  ...objectRoutes('/sessions', '_Session'),
  ...objectRoutes('/roles', '_Role'),
  ...once(objectRoutes('/installations', '_Installation')),
  ...USER_ROUTES,
  ...SESSION_ROUTES,
  ...SCHEMA_ROUTES,
  ...CONFIG_ROUTES,
  ...GRAPHQL_CONFIG_ROUTES,
  ...once(FUNCTION_ROUTES),
  ...AGGREGATE_ROUTES,
  ...PURGE_ROUTES,
  ...SERVER_ROUTES,
  ...HOOK_ROUTES,
  ...JOB_ROUTES,
  ...AUDIENCE_ROUTES,
  ...ENGINE_ROUTES,
];

/** Answers one call of the REST API; it never rejects. */
export type Rest = (request: RestRequest, context: Context) => Promise<RestResponse>;

const NOT_FOUND: RestResponse = { status: 404, body: undefined };
const NOT_YET: RestResponse = { ...NOT_FOUND, reason: 'routeAbsent' };

/** The body's members; those of a list are named by their places. Bytes and anything else have none. */
const fieldsOf = (body: unknown): JsonObject => {
  const isJson = !(body instanceof Uint8Array);
  return (isJson && toObject(body)) || {};
};

/** Whether the version does not have the route yet. */
const isAbsent = ({ method, path }: RestRoute, { options }: Context): boolean => {
  const { absentRoutes } = behaviourOf(options);
  return absentRoutes.length > 0 && absentRoutes.includes(`${method} ${path}`);
};

const run: Run = async ({ route, named }, call, context) => {
  try {
    return await route.run({ ...call, named }, context);
  } catch (error) {
    return toErrorResponse(error, context);
  }
};

const router = createRouter([...ROUTES, ...FILE_ROUTES, batchRoute(createRouter(ROUTES), run)]);

/** The REST API: a table of routes over the operations. It keeps nothing, and serves every emulator. */
export const rest: Rest = async (request, context) => {
  try {
    const match = router(request.method === 'HEAD' ? 'GET' : request.method, request.path);
    if (!match) return NOT_FOUND;
    if (isAbsent(match.route, context)) return NOT_YET;
    const fields = fieldsOf(request.body);
    checkDepth(fields);
    if (match.route.isOnce) useRequestId(request.headers['x-parse-request-id'], request.path, context);
    return await run(match, { ...request, fields }, context);
  } catch (error) {
    return toErrorResponse(error, context);
  }
};
