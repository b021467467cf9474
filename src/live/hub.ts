import type { Context, WriteNotice } from '../operations/context.ts';
import { toChange } from './change.ts';
import { type Client, type LiveSocket, sendError } from './clients.ts';
import { connectClient } from './connecting.ts';
import { deliverTo } from './delivering.ts';
import { type Frame, FrameError, type LiveQuery, readFrame } from './frames.ts';
import { userIdOf } from './rights.ts';
import { type HubParts, type HubState, notify } from './state.ts';
import { dropSubscription, subscribe, unsubscribe } from './subscribing.ts';
import { createSubscriptions } from './subscriptions.ts';

/** The host's end of a connection. */
export interface LiveConnection {
  /** Takes a frame of the client's. */
  receive(frame: string): void;
  /** Tells that the socket is closed. */
  end(): void;
}

/** A subscription, as a person may see it. */
export type LiveListing = {
  /** The id that the client was given when it connected. */
  readonly clientId: string;
  /** The number that the client gave to the subscription. */
  readonly requestId: number;
  /** What it subscribed to. */
  readonly query: LiveQuery;
  /** The object id of the user whose session it has. */
  readonly userId?: string | undefined;
  /** Whether the client hears everything. */
  readonly hasMasterKey: boolean;
};

/** Live queries, for hosts and for tests. */
export interface Live {
  /** Takes a socket that a host has opened. */
  connect(socket: LiveSocket): LiveConnection;
  /** The open subscriptions, the oldest connection first. */
  list(): readonly LiveListing[];
  /** Closes all sockets. */
  close(): void;
}

/** What live queries are made of, on the emulator's side. */
export interface LiveHub extends Live {
  /** Whether the option `liveQuery` names the class. */
  isLive(className: string): boolean;
  /** Tells subscribers of a write that is safe; costs nothing where nobody listens to the class. */
  publish(write: WriteNotice, context: Context): void;
}

const take = async (frame: Frame, socket: LiveSocket, own: Client[], state: HubState): Promise<void> => {
  const client = own.at(-1);
  if (frame.op === 'connect') {
    const made = await connectClient(frame, socket, state);
    if (made) own.push(made);
  } else if (frame.op === 'unsubscribe') {
    unsubscribe(frame.requestId, client, socket, true, state);
  } else {
    if (frame.op === 'update') unsubscribe(frame.requestId, client, socket, false, state);
    await subscribe(frame, client, socket, state);
  }
};

const forget = (client: Client, state: HubState): void => {
  state.clients.delete(client.id);
  for (const subscription of [...client.subscriptions.values()]) dropSubscription(subscription, state);
  notify('ws_disconnect', state, client);
};

/** Takes the frames of one socket, each when the one before it is done with. */
const openConnection = (socket: LiveSocket, sockets: Set<LiveSocket>, state: HubState): LiveConnection => {
  const own: Client[] = [];
  let turn = state.parts.whenReady().catch(() => undefined); // whoever asks is told why, by requests
  const receive = async (text: string): Promise<void> => {
    if (!sockets.has(socket)) return;
    try {
      const frame = readFrame(text);
      if (frame) await take(frame, socket, own, state);
    } catch (error) {
      if (error instanceof FrameError) return sendError(socket, 1, error.message);
      state.parts.log('error', 'Failed to take a frame of a live query', error);
    }
    if (!sockets.has(socket)) for (const client of own.splice(0)) forget(client, state); // it has closed meanwhile
  };
  sockets.add(socket);
  notify('ws_connect', state);
  return {
    receive(text) {
      turn = turn.then(() => receive(text));
    },
    end() {
      sockets.delete(socket);
      for (const client of own.splice(0)) forget(client, state);
    },
  };
};

/** The live queries of one emulator. Classes are live that the option `liveQuery` names, as patterns of whole names. */
export const createLiveHub = (parts: HubParts): LiveHub => {
  const patterns = (parts.options.liveQuery?.classNames ?? []).map((name) => new RegExp(`^${name}$`));
  const state: HubState = { parts, clients: new Map(), subscriptions: createSubscriptions<Client>() };
  const sockets = new Set<LiveSocket>();
  return {
    isLive: (className) => patterns.some((pattern) => pattern.test(className)),
    connect: (socket) => openConnection(socket, sockets, state),
    publish(write, context) {
      const groups = state.subscriptions.of(write.className);
      if (groups.length === 0) return;
      const change = toChange(write, context);
      for (const group of groups) deliverTo(group, change, state);
    },
    list: () =>
      [...state.clients.values()].flatMap((client) =>
        [...client.subscriptions.values()].map(({ requestId, query, sessionToken }) => ({
          clientId: client.id,
          requestId,
          query,
          userId: userIdOf(sessionToken ?? client.sessionToken, parts),
          hasMasterKey: client.hasMasterKey,
        })),
      ),
    close() {
      for (const socket of [...sockets]) socket.close();
    },
  };
};
