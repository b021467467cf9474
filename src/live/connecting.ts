import { type Client, type LiveSocket, sendDone, sendError } from './clients.ts';
import type { Frame } from './frames.ts';
import { type HubState, notify, requestOf, toLiveError } from './state.ts';

type Connect = Extract<Frame, { op: 'connect' }>;

const KEYS = ['javascriptKey', 'masterKey', 'clientKey', 'windowsKey', 'restAPIKey'] as const;

const isKey = (frame: Connect, key: (typeof KEYS)[number], socket: LiveSocket, { parts }: HubState): boolean => {
  if (key === 'masterKey' && socket.mayBeMaster === false) return false;
  const secret = parts.options.liveQueryServerOptions?.keyPairs?.[key];
  return secret !== undefined && parts.isSecret(frame[key], secret);
};

// Where keys are set, one that is right is enough; where none is set, none is asked for, and the master key counts for nothing.
const isAdmitted = (frame: Connect, socket: LiveSocket, state: HubState): boolean => {
  const { keyPairs = {} } = state.parts.options.liveQueryServerOptions ?? {};
  return Object.keys(keyPairs).length === 0 || KEYS.some((key) => isKey(frame, key, socket, state));
};

/** Connects a client over its socket; undefined when it is refused. */
export const connectClient = async (
  frame: Connect,
  socket: LiveSocket,
  state: HubState,
): Promise<Client | undefined> => {
  if (!isAdmitted(frame, socket, state)) {
    sendError(socket, 4, 'Key in request is not valid');
    return undefined;
  }
  const client: Client = {
    id: state.parts.newClientId(),
    socket,
    hasMasterKey: isKey(frame, 'masterKey', socket, state),
    sessionToken: frame.sessionToken,
    installationId: frame.installationId,
    subscriptions: new Map(),
    users: new Map(),
  };
  const { beforeConnect } = state.parts.triggers();
  try {
    await beforeConnect?.({ event: 'connect', ...requestOf(client, frame.sessionToken, state) });
  } catch (error) {
    const { code, message } = toLiveError(error);
    sendError(socket, code, message, { reconnect: false });
    return undefined;
  }
  state.clients.set(client.id, client);
  sendDone(client, 'connected');
  notify('connect', state, client);
  return client;
};
