import { pathToRegexp } from 'path-to-regexp';
import type { Clock, Context } from '../../operations/context.ts';
import { userIdOf } from '../../operations/sessions/sessions.ts';
import type { Options, RateLimitOptions } from '../../options/table.ts';
import { compilePattern } from '../../parse/regex/regex.ts';
import { json } from '../wire/answers.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import type { Credentials } from './credentials.ts';

/** A request as limits see it. `path` is that below the mount path. */
export type Attempt = {
  readonly method: string;
  readonly path: string;
  /** The address at the other end; undefined for one that came without a network. */
  readonly peer?: string | undefined;
  readonly isMaster: boolean;
  readonly sessionToken?: string | undefined;
  /** Whether it is a call of a batch, which counts as a POST as well. */
  readonly isBatched?: boolean;
  /** The user of the session; asked only where a limit is one for a user. */
  readonly userId: () => string | undefined;
};

/** The answer to a request beyond a limit, if it is, and what is said of the limits in the headers. */
export type Verdict = {
  readonly refusal?: HttpResponse;
  readonly message?: string;
  readonly headers: { readonly [name: string]: string };
};

/** Counts requests. */
export interface RateLimits {
  count(attempt: Attempt): Verdict;
  /** Forgets all that it counted. */
  clear(): void;
}

const INTERNAL = '127.0.0.1';
const CONNECTION_FAILED = 100;
const MESSAGE = 'Too many requests.';

type Window = { hits: number; readonly endsAt: number };
type Limit = { readonly rule: RateLimitOptions; readonly path: RegExp; readonly windows: Map<string, Window> };

const hasMethod = ({ requestMethods }: RateLimitOptions, { method, isBatched }: Attempt): boolean => {
  if (!requestMethods) return true;
  const methods = isBatched ? [method, 'POST'] : [method];
  if (typeof requestMethods !== 'string') return requestMethods.some((one) => methods.includes(one));
  const pattern = compilePattern(requestMethods, '');
  return methods.some((one) => pattern.test(one));
};

const counts = (rule: RateLimitOptions, attempt: Attempt): boolean => {
  if ((attempt.peer ?? INTERNAL) === INTERNAL && !rule.includeInternalRequests) return false;
  return rule.includeMasterKey === true || (hasMethod(rule, attempt) && !attempt.isMaster);
};

/** For whom a limit is one. Who has no session is told by its address. */
const keyOf = ({ zone }: RateLimitOptions, { peer, sessionToken, userId }: Attempt): string => {
  const address = `ip ${peer ?? INTERNAL}`;
  if (zone === 'global') return 'all';
  if (!sessionToken) return address;
  if (zone === 'session') return `session ${sessionToken}`;
  const user = zone === 'user' ? userId() : undefined;
  return user === undefined ? address : `user ${user}`;
};

const hit = ({ rule, windows }: Limit, key: string, now: number): Window => {
  const present = windows.get(key);
  const window = present && present.endsAt > now ? present : { hits: 0, endsAt: now + rule.requestTimeWindow };
  window.hits += 1;
  windows.set(key, window);
  return window;
};

const headersOf = ({ rule }: Limit, { hits, endsAt }: Window, now: number): { [name: string]: string } => ({
  'x-ratelimit-limit': String(rule.requestCount),
  'x-ratelimit-remaining': String(Math.max(rule.requestCount - hits, 0)),
  'x-ratelimit-reset': String(Math.ceil(endsAt / 1000)),
  ...(hits > rule.requestCount && { 'retry-after': String(Math.ceil((endsAt - now) / 1000)) }),
});

const toLimit = (rule: RateLimitOptions): Limit => ({
  rule,
  path: pathToRegexp(rule.requestPath).regexp,
  windows: new Map(),
});

/** The limits of the option `rateLimit`, which count by the emulator's clock. */
export const createRateLimits = (rateLimit: NonNullable<Options['rateLimit']>, clock: Clock): RateLimits => {
  const limits = ('requestPath' in rateLimit ? [rateLimit] : rateLimit).map(toLimit);
  return {
    count: (attempt) => {
      const now = clock.now();
      let headers: Verdict['headers'] = {};
      for (const limit of limits) {
        if (!limit.path.test(attempt.path) || !counts(limit.rule, attempt)) continue;
        const window = hit(limit, keyOf(limit.rule, attempt), now);
        headers = { ...headers, ...headersOf(limit, window, now) };
        if (window.hits <= limit.rule.requestCount) continue;
        const error = limit.rule.errorResponseMessage ?? MESSAGE;
        return { headers, message: error, refusal: json(429, { code: CONNECTION_FAILED, error }, headers) };
      }
      return { headers };
    },
    clear: () => {
      for (const { windows } of limits) windows.clear();
    },
  };
};

/** Counts one request, and the calls of a batch that it brings. */
export type Counter = {
  readonly count: (isMaster: boolean) => HttpResponse | undefined;
  /** What a client reads when a call of the batch is one too many. */
  readonly countCall: (method: string, path: string) => string | undefined;
  /** The answer, with what the limits say of themselves. */
  readonly tell: (answer: HttpResponse) => HttpResponse;
};

const isLogIn = (path: string): boolean => /^\/login\/?$/i.test(path);

/** The counter of a request; undefined where there are no limits. */
export const createCounter = (
  {
    method,
    path,
    peer,
    credentials,
  }: Pick<HttpRequest, 'method' | 'peer'> & { path: string; credentials: Credentials },
  { limits }: { readonly limits?: RateLimits | undefined },
  { store }: Pick<Context, 'store'>,
): Counter | undefined => {
  if (!limits) return undefined;
  let headers: Verdict['headers'] = {};
  let isOfMaster = false;
  const attemptAt = (at: string, by: string): Attempt => {
    const sessionToken = isLogIn(at) ? undefined : credentials.sessionToken;
    const userId = (): string | undefined => (sessionToken ? userIdOf(sessionToken, store) : undefined);
    return { method: by, path: at, peer, isMaster: isOfMaster, sessionToken, userId };
  };
  return {
    count: (isMaster) => {
      isOfMaster = isMaster;
      const verdict = limits.count(attemptAt(path, method));
      headers = verdict.headers;
      return verdict.refusal;
    },
    countCall: (by, at) => limits.count({ ...attemptAt(at, by), isBatched: true }).message,
    tell: (answer) => ({ ...answer, headers: { ...headers, ...answer.headers } }),
  };
};
