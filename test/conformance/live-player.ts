import type { Json, JsonObject } from '../../src/index.ts';
import { Bindings } from './bindings.ts';
import { findDifferences } from './differences.ts';
import { playStep, type Target } from './player.ts';
import type { RecordedRequest, RecordedResponse } from './recording.ts';

type Rest = Omit<RecordedRequest, 'headers'> & { readonly headers?: { readonly [name: string]: string } };

/** A step of a conversation over sockets; `expect` names all that a socket heard since the last one. */
export type LiveStep =
  | { readonly open: string }
  | { readonly close: string }
  | { readonly send: { readonly socket: string; readonly frame?: Json; readonly text?: string } }
  | { readonly rest: Rest; readonly response: RecordedResponse }
  | { readonly expect: { readonly socket: string; readonly frames: readonly JsonObject[]; readonly closed?: boolean } }
  | { readonly sleep: number };

/** A conversation that starts with no objects and no classes. */
export type LiveScenario = {
  readonly name: string;
  readonly options?: JsonObject;
  readonly steps: readonly LiveStep[];
};

/** A client's end of a socket. */
export type ClientSocket = {
  send(frame: string): void;
  close(): void;
  /** What was heard and not yet taken. */
  readonly heard: string[];
  isClosed: boolean;
};

/** What a conversation is played against. */
export type LiveTarget = Target & {
  open(): ClientSocket | Promise<ClientSocket>;
  /** Resolves when everything that was sent has been answered. */
  quiet(): Promise<void>;
};

const place = ({ requestId }: JsonObject): number =>
  typeof requestId === 'number' ? requestId : Number.NEGATIVE_INFINITY;

// Frames of several subscriptions may come in any order.
const sorted = (frames: readonly JsonObject[]): JsonObject[] => [...frames].sort((a, b) => place(a) - place(b));

const playLiveStep = async (
  step: LiveStep,
  target: LiveTarget,
  sockets: Map<string, ClientSocket>,
  bindings: Bindings,
): Promise<string[]> => {
  const socketOf = (name: string): ClientSocket => {
    const socket = sockets.get(name);
    if (!socket) throw new Error(`Failed to play: no socket "${name}" is open`);
    return socket;
  };
  if ('open' in step) sockets.set(step.open, await target.open());
  else if ('close' in step) socketOf(step.close).close();
  else if ('send' in step) {
    const { socket, frame, text = '' } = step.send;
    socketOf(socket).send(frame === undefined ? text : JSON.stringify(bindings.fill(frame)));
  } else if ('rest' in step) {
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', ...step.rest.headers };
    return playStep({ request: { ...step.rest, headers }, response: step.response }, target, bindings);
  } else if ('expect' in step) {
    await target.quiet();
    const socket = socketOf(step.expect.socket);
    const frames = sorted(socket.heard.splice(0).map((frame): JsonObject => JSON.parse(frame)));
    const closed = step.expect.closed && !socket.isClosed ? ['the socket is still open'] : [];
    return [...findDifferences(sorted(step.expect.frames), frames, bindings, step.expect.socket), ...closed];
  } else await target.sleep(step.sleep);
  return [];
};

/** Plays a conversation up to the first step that differs; says where, and answers with nothing when all agree. */
export const playLive = async (scenario: LiveScenario, target: LiveTarget): Promise<string[]> => {
  const bindings = new Bindings(target.origin);
  const sockets = new Map<string, ClientSocket>();
  for (const [index, step] of scenario.steps.entries()) {
    const found = await playLiveStep(step, target, sockets, bindings);
    if (found.length > 0) {
      return [`step ${index + 1} of ${scenario.steps.length}: ${JSON.stringify(step).slice(0, 300)}`, ...found];
    }
  }
  return [];
};
