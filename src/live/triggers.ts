import type { JsonObject } from '../parse/record.ts';
import type { EventName } from './events.ts';
import type { LiveQuery } from './frames.ts';

/** What every trigger of live queries is told. */
export type LiveRequest = {
  /** How many clients are connected. */
  readonly clients: number;
  /** To how many classes somebody listens. */
  readonly subscriptions: number;
  readonly sessionToken?: string | undefined;
  readonly installationId?: string | undefined;
  readonly useMasterKey: boolean;
  /** The user of the session, in REST form, if there is one. */
  readonly user?: JsonObject | undefined;
};

/** Tells of a client that connects. */
export type ConnectRequest = LiveRequest & { readonly event: 'connect' };

/** Tells of a subscription, before it is opened. */
export type SubscribeRequest = LiveRequest & { readonly requestId: number; readonly query: LiveQuery };

/** Tells of an event, before a client hears it. */
export type EventRequest = LiveRequest & {
  readonly event: EventName;
  readonly object: JsonObject;
  readonly original?: JsonObject | undefined;
};

/** What is sent in place of an event; nothing where `sendEvent` is false. */
export type EventChanges = {
  readonly event?: EventName;
  readonly object?: JsonObject;
  readonly original?: JsonObject | undefined;
  readonly sendEvent?: boolean;
};

/** What `onLiveQueryEvent` is told: sockets that come and go, and subscriptions. */
export type LiveNotice = Omit<LiveRequest, 'user'> & {
  readonly event: 'connect' | 'subscribe' | 'unsubscribe' | 'ws_connect' | 'ws_disconnect' | 'ws_disconnect_error';
  readonly error?: string;
};

/** The triggers of live queries. What one throws is the client's error, with code 141 where it has none of its own. */
export type LiveTriggers = {
  readonly beforeConnect?: ((request: ConnectRequest) => void | Promise<void>) | undefined;
  /** By class. Returns the query to subscribe to in place of the client's. */
  readonly beforeSubscribe?: (
    className: string,
  ) => ((request: SubscribeRequest) => Promise<LiveQuery | undefined>) | undefined;
  /** By class. */
  readonly afterLiveQueryEvent?: (
    className: string,
  ) => ((request: EventRequest) => Promise<EventChanges | undefined>) | undefined;
  readonly onLiveQueryEvent?: ((notice: LiveNotice) => void) | undefined;
};
