import type { Context } from '../operations/context.ts';
import { allOrNothing } from '../operations/objects/all-or-nothing.ts';
import { complexityLimits } from '../operations/queries/complexity.ts';
import { pathsOf } from '../options/paths.ts';
import type { Options } from '../options/table.ts';
import { ParseError, refusal } from '../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import { behaviourOf } from '../parse/versions/versions.ts';
import { toErrorResponse } from './errors.ts';
import type { RestCall, RestResponse, RestRoute } from './message.ts';
import { ok } from './message.ts';
import type { Match, Router } from './router.ts';

const BATCH = '/batch';

/** Runs a route and gives its refusals as answers, too. */
export type Run = (match: Match, call: Omit<RestCall, 'named'>, context: Context) => Promise<RestResponse>;

const pathOf = (url: string | undefined): string =>
  url && URL.canParse(url) ? new URL(url).pathname.replace(/\/$/, '') : '';

/** The path below the mount path. An SDK that reaches the server through a proxy knows it by the public address. */
const routablePath = (path: string, options: Options): string => {
  const mounts = [pathsOf(options).rest, pathOf(options.serverURL), pathOf(options.publicServerURL)];
  const mount = mounts.find((prefix) => prefix !== '' && path.startsWith(`${prefix}/`));
  if (mount === undefined) throw new ParseError('INVALID_JSON', `cannot route batch path ${path}`);
  return path.slice(mount.length);
};

type Entry = { readonly method: Json | undefined; readonly path: string; readonly body: Json | undefined };

const entriesOf = (requests: Json | undefined, options: Options): Entry[] => {
  if (!Array.isArray(requests)) throw new ParseError('INVALID_JSON', 'requests must be an array');
  return requests.map((request: Json) => {
    if (!isObject(request) || typeof request['path'] !== 'string') {
      throw new ParseError('INVALID_JSON', 'batch request path must be a string');
    }
    const path = routablePath(request['path'], options);
    const method = request['method'];
    if (path === BATCH && String(method ?? 'GET').toUpperCase() === 'POST') {
      throw new ParseError('INVALID_JSON', 'nested batch requests are not allowed');
    }
    return { method, path, body: request['body'] };
  });
};

const checkNumber = (requests: Json | undefined, { auth, options }: Context): void => {
  const { batchRequestLimit: most } = complexityLimits(options.requestComplexity);
  if (most === -1 || auth.isMaster || auth.isMaintenance || !Array.isArray(requests) || requests.length <= most) return;
  throw refusal(
    'tooComplex',
    'INVALID_JSON',
    `Batch request contains ${requests.length} sub-requests, which exceeds the limit of ${most}.`,
  );
};

const checkLimits = (entries: readonly Entry[], count: NonNullable<RestCall['countCall']>): void => {
  for (const { method, path } of entries) {
    const message = count(String(method ?? 'GET').toUpperCase(), path);
    if (message !== undefined) throw refusal('rateLimit', 'CONNECTION_FAILED', message);
  }
};

const OF_OBJECTS = /^\/(?:classes\/:className|users|roles|sessions|installations|products)(?:\/:objectId)?$/;

/** What an older one says of a GET of objects without a body: the words of its JavaScript engine. */
const STUMBLED: RestResponse = {
  status: 500,
  body: { error: 'Cannot convert undefined or null to object' },
  reason: 'batchedGet',
};

/** Parse Server says nothing of what went wrong in a transaction. */
const TAKEN_BACK: RestResponse = { status: 500, body: { code: 1, message: 'Internal server error.' }, reason: 1 };

const toEntryAnswer = ({ status, body }: RestResponse): JsonObject => {
  if (status < 400) return { success: body ?? {} };
  const { code, error, message } = isObject(body) ? body : {};
  return { error: { ...(code !== undefined && { code }), error: error ?? message ?? '' } };
};

/**
 * `POST /batch`: calls that run side by side, each with an answer of its own. A call without a route refuses them all; in a
 * transaction any refusal takes them all back.
 */
export const batchRoute = (router: Router, run: Run): RestRoute => ({
  method: 'POST',
  path: BATCH,
  run: async ({ fields, headers, refusals, countCall }, context) => {
    checkNumber(fields['requests'], context);
    const entries = entriesOf(fields['requests'], context.options);
    if (countCall) checkLimits(entries, countCall);
    const routed = entries.map(({ method, path, body }) => {
      const match = typeof method === 'string' ? router(method, path) : undefined;
      if (!match) throw new ParseError('INVALID_JSON', `cannot route ${method} ${path}`);
      return {
        match,
        call: { method: match.route.method, path, query: {}, body, headers, fields: isObject(body) ? body : {} },
      };
    });
    const stumbles = ({ call, match }: (typeof routed)[number]): boolean =>
      behaviourOf(context.options).batchedGetsNeedBodies &&
      call.body === undefined &&
      OF_OBJECTS.test(match.route.path);
    const runAll = (within: Context): Promise<RestResponse[]> =>
      Promise.all(
        routed.map((one, place) => {
          const { match, call } = one;
          if (call.method === 'GET' && stumbles(one)) return STUMBLED;
          const refusal = refusals?.[place];
          return refusal ? toErrorResponse(refusal, within) : run(match, call, within);
        }),
      );
    const areGood = (answers: readonly RestResponse[]): boolean => answers.every(({ status }) => status < 400);
    const isTransaction = fields['transaction'] === true;
    const answers = isTransaction ? await allOrNothing(runAll, areGood, context) : await runAll(context);
    return answers ? { ...ok(answers.map(toEntryAnswer)), reasons: answers.map(({ reason }) => reason) } : TAKEN_BACK;
  },
});
