import type { Log } from '../operations/context.ts';
import { ERROR_CODES, ParseError } from '../parse/error.ts';
import type { Client } from './clients.ts';
import { type Surroundings, userIdOf } from './rights.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { LiveNotice, LiveRequest, LiveTriggers } from './triggers.ts';

/** What a hub needs of the emulator. */
export type HubParts = Surroundings & {
  readonly log: Log;
  /** Makes the id of a client. */
  readonly newClientId: () => string;
  /** Whether a text is the secret, in a time that does not tell how much of it is right. */
  readonly isSecret: (given: string | undefined, secret: string) => boolean;
  /** Resolves when frames may be taken: the state was read, and cloud code was loaded. */
  readonly whenReady: () => Promise<void>;
  /** Those of cloud code; asked anew each time, since it may be loaded again. */
  readonly triggers: () => LiveTriggers;
};

/** A hub: its parts, who is connected, and who listens to what. */
export type HubState = {
  readonly parts: HubParts;
  readonly clients: Map<string, Client>;
  readonly subscriptions: Subscriptions<Client>;
};

/** What a trigger is told of the client and the session that it runs for. */
export const requestOf = (
  client: Client | undefined,
  sessionToken: string | undefined,
  { parts, clients, subscriptions }: HubState,
): LiveRequest => {
  const userId = userIdOf(sessionToken, parts);
  return {
    clients: clients.size,
    subscriptions: subscriptions.size,
    sessionToken,
    installationId: client?.installationId,
    useMasterKey: client?.hasMasterKey ?? false,
    ...(userId !== undefined && { user: parts.store.get('_User', userId) }),
  };
};

/** Tells `onLiveQueryEvent` of a client that comes or goes, or of a subscription. */
export const notify = (
  event: LiveNotice['event'],
  state: HubState,
  client?: Client,
  sessionToken: string | undefined = client?.sessionToken,
): void => {
  const { onLiveQueryEvent } = state.parts.triggers();
  if (!onLiveQueryEvent) return;
  const { user: _, ...request } = requestOf(client, sessionToken, state);
  onLiveQueryEvent({ event, ...request });
};

/** What a client reads of what a trigger or a rule has thrown. */
export const toLiveError = (error: unknown): { readonly code: number; readonly message: string } => {
  if (error instanceof ParseError) return error;
  return { code: ERROR_CODES.SCRIPT_FAILED, message: error instanceof Error ? error.message : String(error) };
};
