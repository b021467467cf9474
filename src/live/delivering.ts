import type { Change } from './change.ts';
import { type Client, sendError, sendEvent } from './clients.ts';
import { type Ear, eventOf, lift, type Match, matchOf } from './events.ts';
import { type Around, userIdOf } from './rights.ts';
import { type HubState, requestOf, toLiveError } from './state.ts';
import type { Group, Subscription } from './subscriptions.ts';

const earOf = ({ client, query, sessionToken }: Subscription<Client>): Ear => ({
  where: query.where,
  watch: query.watch,
  sessionToken,
  clientToken: client.sessionToken,
  hasMasterKey: client.hasMasterKey,
});

/** Users hear of their own change also where it ends their session, as a new password does. */
const aroundOf = ({ users }: Client, { className, object }: Change, { parts }: HubState): Around => ({
  ...parts,
  userIdOf: (sessionToken) => {
    if (sessionToken === undefined) return undefined;
    const userId = userIdOf(sessionToken, parts);
    if (userId !== undefined) return userId;
    const was = users.get(sessionToken);
    return className === '_User' && was === object['objectId'] ? was : undefined;
  },
});

const deliver = async (
  subscription: Subscription<Client>,
  change: Change,
  match: Match,
  state: HubState,
): Promise<void> => {
  const { client, requestId } = subscription;
  const { className } = change;
  const [ear, around] = [earOf(subscription), aroundOf(client, change, state)];
  try {
    const heard = eventOf(change, match, ear, around);
    if (!heard) return;
    const trigger = state.parts.triggers().afterLiveQueryEvent?.(className);
    if (!trigger) return sendEvent(subscription, lift(heard, className, ear, around));
    const token = subscription.sessionToken ?? client.sessionToken;
    const changes = (await trigger({ ...requestOf(client, token, state), ...heard })) ?? {};
    if (changes.sendEvent === false) return;
    sendEvent(subscription, lift({ ...heard, ...changes }, className, ear, around));
  } catch (error) {
    const { code, message } = toLiveError(error);
    sendError(client.socket, code, message, { reconnect: false, requestId });
  }
};

/** Tells those who listen with one query of a change. */
export const deliverTo = ({ where, members }: Group<Client>, change: Change, state: HubState): void => {
  let match: Match;
  try {
    match = matchOf(change, where);
  } catch (error) {
    state.parts.log('warn', `Failed to match a live query of ${change.className}`, error);
    return;
  }
  for (const member of [...members]) void deliver(member, change, match, state);
};
