import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { mayUseKey } from '../../http/credentials/master-key.ts';
import type { HttpRequest } from '../../http/wire/message.ts';
import { toTarget } from '../../http/wire/target.ts';
import type { Live } from '../../live/hub.ts';
import type { Options } from '../../options/table.ts';

/** Takes over a connection that asks to become a WebSocket. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** What sockets are opened to. */
type Served = { readonly live: Live; readonly options: Options };

/** The sockets of live queries. */
export interface LiveSockets {
  readonly upgrade: Upgrade;
  /** Closes all of them, and resolves when they are. */
  close(): Promise<void>;
}

/** A reader who lets more than this wait for it, in bytes, is dropped: it must not hold up the memory of all. */
export const MOST_WAITING: number = 16 * 1024 * 1024;

/** How often a socket is asked whether it is still there, in milliseconds; one that does not answer in that time is dropped. */
const HEARTBEAT = 10_000;

/** The largest frame that is taken, in bytes. */
const LARGEST_FRAME = 1024 * 1024;

/** Pings a socket as long as it is open; ends one that has stopped answering. */
const watch = (socket: WebSocket): void => {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, HEARTBEAT);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
};

/** A page of any origin may open a socket: what holds for the master key in requests holds for that of `keyPairs`, too. */
const mayBeMaster = ({ headers, socket, url = '/' }: IncomingMessage, options: Options): boolean => {
  const masterKey = options.liveQueryServerOptions?.keyPairs?.['masterKey'] ?? options.masterKey;
  const sender = { headers: headers as HttpRequest['headers'], peer: socket.remoteAddress ?? '' };
  return mayUseKey('master', sender, toTarget(url), { ...options, masterKey });
};

const connect = (socket: WebSocket, request: IncomingMessage, { live, options }: Served): void => {
  const connection = live.connect({
    mayBeMaster: mayBeMaster(request, options),
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MOST_WAITING) socket.terminate();
      else socket.send(frame);
    },
    close: () => socket.close(),
  });
  socket.on('message', (data, isBinary) => connection.receive(isBinary ? '{}' : String(data)));
  socket.on('close', () => connection.end());
  socket.on('error', () => socket.terminate()); // a frame that is too large or malformed ends the socket, nothing else
  watch(socket);
};

/** Serves live queries over WebSocket, at any path of the server, as Parse Server does. */
export const createLiveSockets = async (served: Served): Promise<LiveSockets> => {
  const { WebSocketServer } = await import('ws'); // whoever has no live queries does not wait for it
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME, perMessageDeflate: false });
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (opened) => connect(opened, request, served)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => resolve());
      }),
  };
};
