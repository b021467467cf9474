import { createEmulator, type Emulator, type EmulatorOptions, type JsonObject } from '../../src/index.ts';
import type { LiveConnection } from '../../src/live/hub.ts';

/** A client on a socket of its own, in this process. */
export type TestClient = LiveConnection & {
  /** Sends a frame. */
  say(frame: JsonObject): Promise<void>;
  /** What was heard since the last time. */
  hear(): Promise<JsonObject[]>;
  readonly isClosed: boolean;
};

/** In one process everything is answered before the next turn of the event loop. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An emulator with a live class Todo, and the usual keys. */
export const createLive = (options: EmulatorOptions = {}): Emulator =>
  createEmulator({
    allowClientClassCreation: true,
    bcryptRounds: 4,
    liveQuery: { classNames: ['Todo', '_User', '_Session'] },
    ...options,
  });

/** Opens a socket and connects. */
export const connect = async (emulator: Emulator, frame: JsonObject = {}): Promise<TestClient> => {
  const heard: string[] = [];
  let isClosed = false;
  const connection = emulator.live.connect({
    send: (text) => void heard.push(text),
    close: () => {
      isClosed = true;
      connection.end();
    },
  });
  const client: TestClient = {
    ...connection,
    get isClosed() {
      return isClosed;
    },
    async say(said) {
      connection.receive(JSON.stringify(said));
      await settle();
    },
    async hear() {
      await settle();
      return heard.splice(0).map((text): JsonObject => JSON.parse(text));
    },
  };
  await client.say({ op: 'connect', applicationId: 'APPLICATION_ID', ...frame });
  await client.hear();
  return client;
};

/** Subscribes to all Todos, or as the query says. */
export const subscribe = async (client: TestClient, query: JsonObject = {}, more: JsonObject = {}): Promise<void> => {
  await client.say({ op: 'subscribe', requestId: 1, query: { className: 'Todo', where: {}, ...query }, ...more });
  await client.hear();
};

/** Sends a REST request as somebody. */
export const ask = async (
  emulator: Emulator,
  method: string,
  path: string,
  body?: JsonObject,
  headers: { readonly [name: string]: string } = {},
): Promise<JsonObject> => {
  const response = await emulator.fetch(
    new Request(`http://localhost:1337/parse${path}`, {
      method,
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
  return await response.json();
};
