import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RequestHandler } from '../../http/wire/message.ts';
import { UserError } from '../../parse/user-error.ts';
import { codeOf, reasonOf } from '../json/file-error.ts';
import { createArrivals } from './bodies/arrivals.ts';
import type { BodyLimit } from './bodies/body-limit.ts';
import { answerRequest, type Reading } from './exchange.ts';
import type { Upgrade } from './live-sockets.ts';

/** Where to listen. */
export type Address = { readonly port: number; readonly host: string };

/** A server that listens; until `answerWith` was called, requests wait. */
export interface HttpServer {
  readonly url: string;
  readonly port: number;
  answerWith(handle: RequestHandler, bodyLimit: BodyLimit): void;
  /** Hands over connections that ask to become WebSockets. Without it they are answered as other requests. */
  upgradeWith(upgrade: Upgrade): void;
  /** Ends once the requests that are on their way are answered. */
  close(): Promise<void>;
}

/** How long answers that are on their way may hold up the end. */
const GRACE = 3000;

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
      reject(new UserError(`Failed to listen on ${toUrl(address, address.port)}: ${reason}`, { cause: error }));
    });
    server.listen(address.port, address.host, () => resolve((server.address() as AddressInfo).port));
  });

/** Ends with the requests that have arrived; those of which a part is still to come were never begun. */
const closeServer = async (
  server: Server,
  arriving: Iterable<IncomingMessage>,
  unused: Iterable<Socket>,
  going: Iterable<ServerResponse>,
): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const request of arriving) request.destroy();
  for (const response of going) if (response.headersSent && !response.writableEnded) response.end();
  for (const socket of unused) socket.destroy(); // Node counts as idle only what has asked before
  const timer = setTimeout(() => server.closeAllConnections(), GRACE);
  await closed;
  clearTimeout(timer);
};

/** Listens at the address. Rejects with an error when it cannot. */
export const openHttpServer = async (address: Address): Promise<HttpServer> => {
  let answering: { readonly handle: RequestHandler; readonly reading: Reading } | undefined;
  const arrivals = createArrivals();
  let isClosing = false;
  const waiting: (() => void)[] = [];
  const arriving = new Set<IncomingMessage>();
  const unused = new Set<Socket>();
  const going = new Set<ServerResponse>(); // answers without an end, such as events

  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    unused.delete(request.socket);
    if (isClosing) response.setHeader('connection', 'close');
    if (!answering) return void waiting.push(() => onRequest(request, response));
    const { handle, reading } = answering;
    arriving.add(request);
    going.add(response);
    response.once('close', () => going.delete(response));
    await answerRequest(request, response, reading, (whole) => {
      arriving.delete(request);
      return handle(whole);
    });
    arriving.delete(request);
  };
  const server = createServer((request, response) => void onRequest(request, response));
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  const port = await listen(server, address);

  return {
    url: toUrl(address, port),
    port,
    answerWith(handle, bodyLimit) {
      answering = { handle, reading: { bodyLimit, arrivals } };
      for (const ask of waiting.splice(0)) ask();
    },
    upgradeWith(upgrade) {
      server.on('upgrade', (request, socket, head) => {
        unused.delete(request.socket);
        upgrade(request, socket, head);
      });
    },
    close() {
      isClosing = true;
      return closeServer(server, arriving, unused, going);
    },
  };
};
