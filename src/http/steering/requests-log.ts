import { isObject } from '../../parse/record.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Say } from '../explanations/say.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import { type ClientCall, nameOf, type TextOf, toClientCall } from './client-call.ts';
import type { Events } from './events.ts';
import type { LoggedRequest } from './logged-request.ts';
import type { Notes } from './notes.ts';
import { outcomeOf } from './outcome.ts';
import { redactAnswer, redactDocument, redactForm, redactJson, secretsOf } from './secrets.ts';

/** The last requests, oldest first. */
export interface RequestsLog {
  add(request: HttpRequest, answer: HttpResponse, startedAt: number, notes?: Notes): void;
  clear(): void;
  list(): readonly LoggedRequest[];
  /** A request as it came, with all of its secrets. Throws for an id that none has, and for a body that was too long to keep. */
  original(id: number): OriginalRequest;
}

/** A request as it came. */
export type OriginalRequest = {
  /** In upper case: `POST`. */
  readonly method: string;
  /** As the host had it, absolute or a path. */
  readonly url: string;
  /** By name in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** The text of the body; empty when there is none. */
  readonly body: string;
};

const MOST_REQUESTS = 100;
/** Every GraphQL document is shorter: Parse Server reads no longer ones. */
const LONGEST_BODY = 102_400;
const TOO_LONG = '(too long to keep)';

type Kept = {
  readonly id: number;
  readonly notes: Notes | undefined;
  readonly at: number;
  readonly request: HttpRequest;
  readonly answer: HttpResponse;
  readonly milliseconds: number;
  /** The name of a call whose body is not kept. */
  readonly name?: string;
};

const textOfBody = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

const showOperation = (value: unknown, variables: ReadonlySet<string>): unknown => {
  if (!isObject(value) || typeof value['query'] !== 'string') return redactJson(value);
  const { query, ...rest } = value;
  const redacted = redactDocument(query);
  return { query: redacted.text, ...Object(redactJson(rest, new Set([...variables, ...redacted.variables]))) };
};

const showBody = ({ body }: HttpRequest, call: ClientCall, variables: ReadonlySet<string>): unknown => {
  if (body === TOO_LONG) return body;
  if (call.body === undefined) return `(no JSON, ${body.length} long)`;
  if (Array.isArray(call.body)) return call.body.map((one) => showOperation(one, variables)); // as some clients send several
  return showOperation(call.body, variables);
};

const showAnswer = ({ body }: HttpResponse, secrets: ReadonlySet<string>): unknown => {
  if (body === TOO_LONG) return body;
  try {
    return redactAnswer(JSON.parse(textOfBody(body)), secrets);
  } catch {
    return undefined;
  }
};

const show = (
  { id, at, request, answer, milliseconds, name, notes }: Kept,
  textOf: TextOf | undefined,
  say: Say | undefined,
): LoggedRequest => {
  const call = toClientCall(request, textOf);
  const { variables, secrets } = redactDocument(call.query);
  const all = new Set([...secrets, ...secretsOf([call.variables, call.body], variables)]);
  return {
    id,
    at: new Date(at).toISOString(),
    method: request.method,
    url: redactForm(request.askedUrl ?? request.url),
    status: answer.status,
    headers: redactJson(request.headers),
    ...(request.body.length > 0 && { body: showBody(request, call, variables) }),
    operation: name ?? String(redactJson(nameOf(call))),
    ...(call.operationName && { operationName: call.operationName }),
    ...(call.variables !== undefined && { variables: redactJson(call.variables, variables) }),
    answer: showAnswer(answer, all),
    milliseconds,
    ...outcomeOf(answer, notes, say),
  };
};

const shorten = <Message extends { readonly body: string | Uint8Array }>(message: Message): Message =>
  message.body.length > LONGEST_BODY ? { ...message, body: TOO_LONG } : message;

/** What the log needs: the time, the text of persisted queries, and whom to tell. */
export type LogParts = {
  readonly clock: { now(): number };
  readonly textOf?: TextOf | undefined;
  readonly events?: Events | undefined;
  /** The words of explanations; those of a program, if not given. */
  readonly say?: Say | undefined;
};

/** Keeps the last hundred requests as they came, and takes their secrets out when they are asked for: adding costs next to nothing. */
export const createRequestsLog = ({ clock, textOf, events, say }: LogParts): RequestsLog => {
  const kept: Kept[] = [];
  let count = 0;
  return {
    add: (request, answer, startedAt, notes) => {
      const at = clock.now();
      const short = shorten(request);
      const name = short === request ? undefined : String(redactJson(nameOf(toClientCall(request, textOf))));
      const milliseconds = at - startedAt;
      count += 1;
      const one = {
        id: count,
        at,
        request: short,
        answer: shorten(answer),
        milliseconds,
        notes,
        ...(name && { name }),
      };
      kept.push(one);
      if (kept.length > MOST_REQUESTS) kept.shift();
      events?.tell(() => ({ kind: 'request', request: show(one, textOf, say) }));
    },
    list: () => kept.map((one) => show(one, textOf, say)),
    original(id) {
      const found = kept.find((one) => one.id === id);
      if (!found) throw new UserError(`Failed to find a request: none of the last hundred has the id ${id}`);
      const { method, url, askedUrl = url, headers, body } = found.request;
      if (body === TOO_LONG) throw new UserError('Failed to repeat a request: its body was too long to keep');
      return { method, url: askedUrl, headers, body: textOfBody(body) };
    },
    clear: () => {
      kept.splice(0);
      count = 0;
    },
  };
};
