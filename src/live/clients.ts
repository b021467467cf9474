import type { LiveEvent } from './events.ts';
import { selectFields } from './events.ts';
import type { Subscription } from './subscriptions.ts';

/** The emulator's end of a socket, as a host lends it. */
export interface LiveSocket {
  /** Sends a frame. A host drops a reader that is too slow, and then this does nothing. */
  send(frame: string): void;
  /** Closes the socket. */
  close(): void;
  /** Whether the right master key counts, as a host knows who is at the other end. @default true */
  readonly mayBeMaster?: boolean;
}

/** One connected client; a socket that connects twice has two. */
export type Client = {
  readonly id: string;
  readonly socket: LiveSocket;
  readonly hasMasterKey: boolean;
  readonly sessionToken: string | undefined;
  readonly installationId: string | undefined;
  readonly subscriptions: Map<number, Subscription<Client>>;
  /** Whose the tokens were when they were last looked at, by token. */
  readonly users: Map<string, string>;
};

/** Sends an error; `requestId` is null where it concerns no subscription. */
export const sendError = (
  socket: LiveSocket,
  code: number,
  error: string,
  { reconnect = true, requestId = null }: { reconnect?: boolean; requestId?: number | null } = {},
): void => socket.send(JSON.stringify({ op: 'error', error, code, reconnect, requestId }));

/** Sends that something was done, about a subscription or, without a request id, the connection. */
export const sendDone = (
  { socket, id, installationId }: Client,
  op: 'connected' | 'subscribed' | 'unsubscribed',
  requestId?: number,
): void => socket.send(JSON.stringify({ op, clientId: id, installationId, requestId }));

/** Sends what happened to an object, with the fields that the subscription asked for. */
export const sendEvent = (
  { client, requestId, query }: Subscription<Client>,
  { event, object, original }: LiveEvent,
): void =>
  client.socket.send(
    JSON.stringify({
      op: event,
      clientId: client.id,
      installationId: client.installationId,
      requestId,
      object: selectFields(object, query.keys),
      ...(original && { original: selectFields(original, query.keys) }),
    }),
  );
