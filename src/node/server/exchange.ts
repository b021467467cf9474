import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { HttpRequest, HttpResponse, RequestHandler, Stream } from '../../http/wire/message.ts';
import type { Arrivals } from './bodies/arrivals.ts';
import type { BodyLimit } from './bodies/body-limit.ts';
import { type AnyRequest, isReadAlready, readRequestBody } from './bodies/request-body.ts';

/** An answer to a request of either version of HTTP: that of HTTP/2 has a stream, and else what is used here of the other. */
export type AnyResponse = ServerResponse & { readonly stream?: Http2ServerResponse['stream'] };

const WITHOUT_BODY = new Set([204, 205, 304]);

const FAILURE: HttpResponse = { status: 500, headers: {}, body: '' };

const READ_ALREADY: HttpResponse = {
  status: 500,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The body was read before the emulator: put its middleware before those that parse bodies.\n',
};

/** HTTP/2 has what was the first line and the host as headers with a colon before them. */
const toHeaders = ({ 'set-cookie': _, ...headers }: AnyRequest['headers']): HttpRequest['headers'] => {
  const named = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
  const host = named['host'] ?? headers[':authority'];
  return { ...named, ...(host !== undefined && { host }) } as HttpRequest['headers']; // set-cookie is the one that Node gives as a list
};

const toHead = (request: AnyRequest): Omit<HttpRequest, 'body'> => ({
  method: request.method ?? 'GET',
  url: request.url ?? '/',
  headers: toHeaders(request.headers),
  peer: request.socket?.remoteAddress ?? '', // of a connection that was reset nobody can tell: it is not from here
});

const breakOff = (response: AnyResponse): void => void (response.stream ?? response).destroy();
/** So many bytes wait for a client that does not keep up. */
const MOST_WAITING = 1024 ** 2;

/** A body that goes on until one side ends it. */
const goOn = (
  response: AnyResponse,
  { status, headers, body, stream }: HttpResponse & { readonly stream: Stream },
): void => {
  response.writeHead(status, headers);
  response.write(body);
  const send = (text: string): boolean => {
    response.write(text);
    return response.writableLength < MOST_WAITING;
  };
  response.on(
    'close',
    stream.begin(send, () => response.end()),
  );
};

const write = (
  response: AnyResponse,
  method: string | undefined,
  { status, headers, body, broken, stream }: HttpResponse,
): void => {
  if (broken === 'connection') {
    breakOff(response);
    return;
  }
  if (broken === 'body') {
    response.writeHead(status, { ...headers, 'content-length': 2 * body.length + 1 });
    response.write(body, () => breakOff(response));
    return;
  }
  if (stream) {
    goOn(response, { status, headers, body, stream });
    return;
  }
  const isSilent = WITHOUT_BODY.has(status);
  if (!isSilent && (method !== 'HEAD' || body.length > 0)) {
    response.setHeader('content-length', typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  }
  response.writeHead(status, headers);
  response.end(isSilent || method === 'HEAD' ? undefined : body);
};

/** What a host knows of its bodies: how much is read of each, and what is on its way. */
export type Reading = { readonly bodyLimit: BodyLimit; readonly arrivals: Arrivals };

/** Answers one request of Node's, once all of it is there, unless the client goes away before. */
export const answerRequest = async (
  request: AnyRequest,
  response: AnyResponse,
  { bodyLimit, arrivals }: Reading,
  handle: RequestHandler,
): Promise<void> => {
  const head = toHead(request);
  if (isReadAlready(request)) return write(response, head.method, READ_ALREADY);
  const read = await readRequestBody(request, bodyLimit(head), arrivals);
  if (!read) return;
  const answered = await handle({ ...head, body: read.body }).catch(() => FAILURE);
  read.release();
  if (isGone(response)) return; // a host of the middleware may have answered
  try {
    write(response, head.method, answered);
  } catch {
    if (!isGone(response)) write(response, head.method, FAILURE); // a header that HTTP does not allow
  }
};

const isGone = (response: AnyResponse): boolean =>
  response.headersSent || response.destroyed || response.stream?.destroyed === true;
