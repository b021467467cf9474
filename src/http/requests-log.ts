import { nameOf, toCall } from './call.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { strikeDocument, strikeForm, strikeJson } from './secrets.ts';

/** A request and its answer as `GET /emulator/requests` shows it: without passwords, tokens and keys. */
export type LoggedRequest = {
  /** When it was answered: ISO text in UTC, by the emulator's clock. */
  readonly at: string;
  /** In upper case: `POST`. */
  readonly method: string;
  /** As the host had it, absolute or a path. */
  readonly url: string;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The headers of the request, by name in lower case. */
  readonly headers: unknown;
  /** What was sent: JSON, or text that says why there is none. Absent: nothing was. */
  readonly body?: unknown;
  /** The root fields that were asked for, or the route: `logIn`, `POST /login`. */
  readonly operation: string;
  /** The variables of a GraphQL request, be they in its body or in its address. */
  readonly variables?: unknown;
  /** The JSON that was answered; undefined when it was none. */
  readonly answer?: unknown;
  /** How long it took, by the emulator's clock. */
  readonly milliseconds: number;
};

/** The last requests, oldest first. */
export interface RequestsLog {
  add(request: HttpRequest, answer: HttpResponse, startedAt: number): void;
  clear(): void;
  list(): readonly LoggedRequest[];
}

const MOST_REQUESTS = 100;
const LONGEST_BODY = 10_000;

type Kept = {
  readonly at: number;
  readonly request: HttpRequest;
  readonly answer: HttpResponse;
  readonly milliseconds: number;
};

const isFields = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const strikeGraphQL = (sent: { readonly [name: string]: unknown; readonly query: string }): unknown => {
  const { text, variables } = strikeDocument(sent.query);
  const { query, ...rest } = sent;
  return {
    query: text,
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, strikeJson(value, variables)])),
  };
};

const showBody = (body: string | Uint8Array): unknown => {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  try {
    const sent: unknown = JSON.parse(text);
    return isFields(sent) && typeof sent['query'] === 'string'
      ? strikeGraphQL({ ...sent, query: sent['query'] })
      : strikeJson(sent);
  } catch {
    return `(no JSON, ${body.length} long)`;
  }
};

/** In an answer a number called `code` is that of an error. */
const withCodes = (struck: unknown, answer: unknown): unknown => {
  if (Array.isArray(struck) && Array.isArray(answer)) return struck.map((entry, i) => withCodes(entry, answer[i]));
  if (!isFields(struck) || !isFields(answer)) return struck;
  const entries = Object.entries(struck).map(([name, entry]) => {
    const own = answer[name];
    return [name, name === 'code' && typeof own === 'number' ? own : withCodes(entry, own)];
  });
  return Object.fromEntries(entries);
};

const showAnswer = ({ body }: HttpResponse): unknown => {
  try {
    const answer: unknown = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
    return withCodes(strikeJson(answer), answer);
  } catch {
    return undefined;
  }
};

const showVariables = (variables: unknown, body: unknown): unknown => {
  if (isFields(body) && 'variables' in body) return body['variables'];
  return strikeJson(variables);
};

const show = ({ at, request, answer, milliseconds }: Kept): LoggedRequest => {
  const call = toCall(request);
  const body = request.body.length > 0 ? showBody(request.body) : undefined;
  return {
    at: new Date(at).toISOString(),
    method: request.method,
    url: strikeForm(request.url),
    status: answer.status,
    headers: strikeJson(request.headers),
    ...(body !== undefined && { body }),
    operation: String(strikeJson(nameOf(call))),
    ...(call.variables !== undefined && { variables: showVariables(call.variables, body) }),
    answer: showAnswer(answer),
    milliseconds,
  };
};

const shorten = <Message extends { readonly body: string | Uint8Array }>(message: Message): Message =>
  message.body.length > LONGEST_BODY ? { ...message, body: '(too long to keep)' } : message;

/** Keeps the last hundred requests as they came, and takes their secrets out when they are asked for: adding costs next to nothing. */
export const createRequestsLog = (clock: { now(): number }): RequestsLog => {
  const kept: Kept[] = [];
  return {
    add: (request, answer, startedAt) => {
      const at = clock.now();
      kept.push({ at, request: shorten(request), answer: shorten(answer), milliseconds: at - startedAt });
      if (kept.length > MOST_REQUESTS) kept.shift();
    },
    list: () => kept.map(show),
    clear: () => void kept.splice(0),
  };
};
