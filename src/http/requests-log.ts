import type { HttpRequest } from './message.ts';
import { strikeDocument, strikeForm, strikeJson } from './secrets.ts';

/** A request as `GET /emulator/requests` shows it: without passwords, tokens and keys. */
export type LoggedRequest = {
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: unknown;
  /** JSON, or text that says why there is none. */
  readonly body?: unknown;
};

/** The last requests, oldest first. */
export interface RequestsLog {
  add(request: HttpRequest, status: number): void;
  list(): readonly LoggedRequest[];
}

const MOST_REQUESTS = 100;
const LONGEST_BODY = 10_000;

type Kept = { readonly at: number; readonly request: HttpRequest; readonly status: number };

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

const show = ({ at, request, status }: Kept): LoggedRequest => ({
  at: new Date(at).toISOString(),
  method: request.method,
  url: strikeForm(request.url),
  status,
  headers: strikeJson(request.headers),
  ...(request.body.length > 0 && { body: showBody(request.body) }),
});

/** Keeps the last hundred requests as they came, and takes their secrets out when they are asked for: adding costs next to nothing. */
export const createRequestsLog = (clock: { now(): number }): RequestsLog => {
  const kept: Kept[] = [];
  return {
    add: ({ method, url, headers, body }, status) => {
      const isLong = body.length > LONGEST_BODY;
      kept.push({
        at: clock.now(),
        request: { method, url, headers, body: isLong ? '(too long to keep)' : body },
        status,
      });
      if (kept.length > MOST_REQUESTS) kept.shift();
    },
    list: () => kept.map(show),
  };
};
