import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Handle, HttpRequest, HttpResponse } from '../http/message.ts';
import { codeOf, reasonOf } from './file-error.ts';
import { readRequestBody } from './request-body.ts';

/** Where to listen. */
export type Address = { readonly port: number; readonly host: string };

/** How many bytes of a request's body are read, from what comes before it. */
export type BodyLimit = (request: Omit<HttpRequest, 'body'>) => number;

/** A server that listens; until `answerWith` was called, requests wait. */
export interface HttpServer {
  readonly url: string;
  readonly port: number;
  answerWith(handle: Handle, bodyLimit: BodyLimit): void;
  /** Ends once the requests that are on their way are answered. */
  close(): Promise<void>;
}

/** How long answers that are on their way may hold up the end. */
const GRACE = 3000;

const WITHOUT_BODY = new Set([204, 205, 304]);

const FAILURE: HttpResponse = { status: 500, headers: {}, body: '' };

const toUrl = ({ host }: Address, port: number): string => {
  const name = host === '0.0.0.0' || host === '::' || host === '' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

const LISTEN_REASONS: { readonly [code: string]: string } = {
  EADDRINUSE: 'the port is in use. Stop what listens there, or choose another port (0 takes a free one)',
  EACCES: 'this port takes more rights. Choose one above 1023',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

const listen = (server: Server, address: Address): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const reason = LISTEN_REASONS[codeOf(error) ?? ''] ?? reasonOf(error);
      reject(new Error(`Failed to listen on ${toUrl(address, address.port)}: ${reason}`, { cause: error }));
    });
    server.listen(address.port, address.host, () => resolve((server.address() as AddressInfo).port));
  });

const toHead = (request: IncomingMessage): Omit<HttpRequest, 'body'> => {
  const { 'set-cookie': _, ...headers } = request.headers; // the one header that Node gives as a list; no client sends it
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: headers as HttpRequest['headers'],
    peer: request.socket.remoteAddress,
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

/** Answers one request, unless the client goes away before. */
const answer = async (request: HttpRequest, response: ServerResponse, handle: Handle): Promise<void> => {
  const answered = await handle(request).catch(() => FAILURE);
  if (response.destroyed) return;
  try {
    write(response, request.method, answered);
  } catch {
    write(response, request.method, FAILURE); // a header that HTTP does not allow
  }
};

/** Ends with the requests that have arrived; those of which a part is still to come were never begun. */
const closeServer = async (server: Server, arriving: Iterable<IncomingMessage>): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const request of arriving) request.destroy();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(timer);
};

/** Listens at the address. Rejects with one sentence when it cannot. */
export const openHttpServer = async (address: Address): Promise<HttpServer> => {
  let answering: { readonly handle: Handle; readonly bodyLimit: BodyLimit } | undefined;
  let isClosing = false;
  const waiting: (() => void)[] = [];
  const arriving = new Set<IncomingMessage>();

  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isClosing) response.setHeader('connection', 'close');
    if (!answering) return void waiting.push(() => onRequest(request, response));
    const { handle, bodyLimit } = answering;
    const head = toHead(request);
    arriving.add(request);
    const body = await readRequestBody(request, bodyLimit(head));
    arriving.delete(request);
    if (body) await answer({ ...head, body }, response, handle);
  };
  const server = createServer((request, response) => void onRequest(request, response));
  const port = await listen(server, address);

  return {
    url: toUrl(address, port),
    port,
    answerWith(handle, bodyLimit) {
      answering = { handle, bodyLimit };
      for (const ask of waiting.splice(0)) ask();
    },
    close() {
      isClosing = true;
      return closeServer(server, arriving);
    },
  };
};
