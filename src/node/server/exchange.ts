import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRequest, HttpResponse, RequestHandler } from '../../http/wire/message.ts';
import type { BodyLimit } from './body-limit.ts';
import { isReadAlready, readRequestBody } from './request-body.ts';

const WITHOUT_BODY = new Set([204, 205, 304]);

const FAILURE: HttpResponse = { status: 500, headers: {}, body: '' };

const READ_ALREADY: HttpResponse = {
  status: 500,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'The body was read before the emulator: put its middleware before those that parse bodies.\n',
};

const toHead = (request: IncomingMessage): Omit<HttpRequest, 'body'> => {
  const { 'set-cookie': _, ...headers } = request.headers; // the one header that Node gives as a list; no client sends it
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: headers as HttpRequest['headers'],
    peer: request.socket.remoteAddress ?? '', // of a connection that was reset nobody can tell: it is not from here
  };
};

const write = (
  response: ServerResponse,
  method: string | undefined,
  { status, headers, body, broken }: HttpResponse,
): void => {
  if (broken === 'connection') return void response.destroy();
  if (broken === 'body') {
    response.writeHead(status, { ...headers, 'content-length': 2 * body.length + 1 });
    response.write(body, () => response.destroy());
    return;
  }
  const isSilent = WITHOUT_BODY.has(status);
  if (!isSilent && (method !== 'HEAD' || body.length > 0)) {
    response.setHeader('content-length', typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength);
  }
  response.writeHead(status, headers);
  response.end(isSilent || method === 'HEAD' ? undefined : body);
};

/** Answers one request of Node's, once all of it is there, unless the client goes away before. */
export const answerRequest = async (
  request: IncomingMessage,
  response: ServerResponse,
  bodyLimit: BodyLimit,
  handle: RequestHandler,
): Promise<void> => {
  const head = toHead(request);
  if (isReadAlready(request)) return write(response, head.method, READ_ALREADY);
  const body = await readRequestBody(request, bodyLimit(head));
  if (!body) return;
  const answered = await handle({ ...head, body }).catch(() => FAILURE);
  if (response.destroyed || response.headersSent) return; // a host of the middleware may have answered
  try {
    write(response, head.method, answered);
  } catch {
    write(response, head.method, FAILURE); // a header that HTTP does not allow
  }
};
