import { checkComplexity } from '../operations/queries/complexity.ts';
import { refusal } from '../parse/error.ts';
import { type JsonObject, toPointer } from '../parse/record.ts';
import { type Client, type LiveSocket, sendDone, sendError } from './clients.ts';
import { checkConstraints } from './constraints.ts';
import type { Frame, LiveQuery } from './frames.ts';
import { checkClass, checkNames, hiddenFieldsOf, userIdOf } from './rights.ts';
import { type HubState, notify, requestOf, toLiveError } from './state.ts';
import type { Subscription } from './subscriptions.ts';

type Subscribe = Extract<Frame, { op: 'subscribe' | 'update' }>;

/** Ends a subscription. */
export const dropSubscription = (subscription: Subscription<Client>, { subscriptions }: HubState): void => {
  subscription.client.subscriptions.delete(subscription.requestId);
  subscriptions.delete(subscription);
};

/** Sessions are shown to their owner alone. */
const restrict = ({ className, where }: LiveQuery, userId: string | undefined): JsonObject => {
  if (className !== '_Session') return where;
  if (userId === undefined) throw refusal('sessionUnknown', 'INVALID_SESSION_TOKEN', 'Invalid session token');
  return { ...where, user: toPointer('_User', userId) };
};

/** The query as it is subscribed to. Throws what the class, its protected fields and the query's form refuse. */
const admit = async (frame: Subscribe, client: Client, state: HubState): Promise<LiveQuery> => {
  const { parts } = state;
  const { className } = frame.query;
  const present = client.subscriptions.get(frame.requestId);
  const token = frame.sessionToken ?? present?.sessionToken ?? client.sessionToken;
  const trigger = parts.triggers().beforeSubscribe?.(className);
  const request = { ...requestOf(client, token, state), requestId: frame.requestId, query: frame.query };
  const query = (await trigger?.(request)) ?? frame.query;
  const userId = userIdOf(token, parts);
  const where = restrict(query, userId);
  checkComplexity({ where }, { auth: { isMaster: client.hasMasterKey }, options: parts.options });
  checkClass(className, 'find', userId, parts); // also for one object: `get` is asked when an event comes
  if (!client.hasMasterKey) {
    checkNames(where, query.watch ?? [], hiddenFieldsOf(className, where, userId, [], parts));
  }
  checkConstraints(where);
  return { ...query, where };
};

/** Opens a subscription, in place of one with the same request id. */
export const subscribe = async (
  frame: Subscribe,
  client: Client | undefined,
  socket: LiveSocket,
  state: HubState,
): Promise<void> => {
  if (!client) {
    return sendError(socket, 2, 'Can not find this client, make sure you connect to server before subscribing');
  }
  const { requestId, sessionToken } = frame;
  try {
    const query = await admit(frame, client, state);
    const present = client.subscriptions.get(requestId);
    if (present) dropSubscription(present, state);
    const subscription = { client, requestId, query, sessionToken };
    client.subscriptions.set(requestId, subscription);
    state.subscriptions.add(subscription);
  } catch (error) {
    const { code, message } = toLiveError(error);
    return sendError(socket, code, message, { reconnect: false, requestId });
  }
  for (const token of [sessionToken, client.sessionToken]) {
    const userId = userIdOf(token, state.parts);
    if (token !== undefined && userId !== undefined) client.users.set(token, userId);
  }
  sendDone(client, 'subscribed', requestId);
  notify('subscribe', state, client, sessionToken);
};

/** Ends the subscription with a request id; `isTold` says whether the client hears of it. */
export const unsubscribe = (
  requestId: number,
  client: Client | undefined,
  socket: LiveSocket,
  isTold: boolean,
  state: HubState,
): void => {
  const subscription = client?.subscriptions.get(requestId);
  if (!client) {
    sendError(socket, 2, 'Can not find this client, make sure you connect to server before unsubscribing');
  } else if (!subscription) {
    const which = `Cannot find subscription with clientId ${client.id} subscriptionId ${requestId}`;
    sendError(socket, 2, `${which}. Make sure you subscribe to live query server before unsubscribing.`);
  } else {
    dropSubscription(subscription, state);
    notify('unsubscribe', state, client, subscription.sessionToken);
    if (isTold) sendDone(client, 'unsubscribed', requestId);
  }
};
