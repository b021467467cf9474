import type { EmulatorEvent } from '../http/steering/events.ts';
import { ask, toError, type Way } from './send.ts';

/** An event, or what became of the connection that tells of them. */
export type WatchedEvent =
  | EmulatorEvent
  | {
      /** The connection is there: what happens from now on is told. It comes again after each `lost`: read anew what you show. */
      readonly kind: 'ready';
      /** The application that is watched. */
      readonly appId: string;
      /** The emulator's time: ISO text in UTC. */
      readonly now: string;
    }
  | {
      /** The connection broke, and is tried again until it is there or nobody watches any more. */
      readonly kind: 'lost';
    };

/** Hears of events, in their order. */
export type WatchEvents = (event: WatchedEvent) => void;

const BETWEEN_TRIES = 1000;

/** The data of each event of a stream of server-sent events. */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true });
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const event of whole) {
        const data = event.split('\n').find((line) => line.startsWith('data: '));
        if (data !== undefined) yield data.slice('data: '.length);
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined); // it is over already
  }
}

const open = async (way: Way, kinds: readonly string[] | undefined, signal: AbortSignal): Promise<Response> => {
  const response = await ask(way, 'GET', '/events', { query: { kind: kinds?.join(',') }, signal });
  if (response.ok && response.body) return response;
  throw toError(response.status, await response.json().catch(() => undefined));
};

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });

/**
 * Calls `watcher` with what happens in an emulator. Resolves once nothing is missed any more, with how to stop; rejects when that
 * cannot be at first. A connection that breaks later is tried again.
 */
export const watchEvents = async (
  way: Way,
  watcher: WatchEvents,
  kinds: readonly EmulatorEvent['kind'][] | undefined,
): Promise<() => void> => {
  const stopping = new AbortController();
  const { signal } = stopping;

  const follow = async (response: Response, onReady?: () => void): Promise<void> => {
    if (!response.body) return;
    for await (const data of readEvents(response.body)) {
      if (signal.aborted) return;
      const event = JSON.parse(data) as WatchedEvent; // the emulator says what it tells
      watcher(event);
      if (event.kind === 'ready') onReady?.();
    }
  };
  const goOn = async (first: Response, onReady: () => void): Promise<void> => {
    let response: Response | undefined = first;
    while (!signal.aborted) {
      if (response) await follow(response, onReady).catch(() => undefined);
      if (signal.aborted) return;
      if (response) watcher({ kind: 'lost' });
      await pause(BETWEEN_TRIES, signal);
      response = signal.aborted ? undefined : await open(way, kinds, signal).catch(() => undefined);
    }
  };

  const first = await open(way, kinds, signal);
  await new Promise<void>((resolve) => void goOn(first, resolve));
  return () => stopping.abort();
};
