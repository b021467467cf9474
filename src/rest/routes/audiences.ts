import type { Context } from '../../operations/context.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import { masterOnly } from '../errors.ts';
import type { RestResponse, RestRoute } from '../message.ts';
import { objectRoutes } from './objects.ts';

/** A query is kept as text, and shown as what it says. Throws SyntaxError for an audience whose query is not JSON. */
const withQuery = (audience: JsonObject): JsonObject => ({ ...audience, query: JSON.parse(String(audience['query'])) });

const shown = (body: Json | undefined): Json | undefined => {
  if (!isObject(body)) return body;
  const { results } = body;
  return Array.isArray(results)
    ? { ...body, results: results.map((audience: Json) => (isObject(audience) ? withQuery(audience) : audience)) }
    : withQuery(body);
};

const reading =
  (run: RestRoute['run']): RestRoute['run'] =>
  async (call, context: Context): Promise<RestResponse> => {
    const answer = await run(call, context);
    return { ...answer, body: shown(answer.body) };
  };

/** Whom pushes are for, for the master key: kept, though nothing is pushed. */
export const AUDIENCE_ROUTES: readonly RestRoute[] = objectRoutes('/push_audiences', '_Audience').map((route) => ({
  ...route,
  run: masterOnly(route.method === 'GET' ? reading(route.run) : route.run),
}));
