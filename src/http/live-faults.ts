import type { LiveSocket } from '../live/clients.ts';
import type { Live, LiveConnection } from '../live/hub.ts';
import { isObject, type Json } from '../parse/record.ts';
import { faultError, waitFor } from './fault-injection.ts';
import type { ClientCall } from './steering/client-call.ts';
import type { ActiveFaults, Fault } from './steering/faults.ts';

type Frame = { readonly [name: string]: Json };

const read = (text: string): Frame => {
  try {
    const frame: unknown = JSON.parse(text);
    return isObject(frame) ? frame : {};
  } catch {
    return {};
  }
};

/** A frame as faults know calls: `/live/subscribe`, `/live/create`, by the name of its operation. */
const toCall = (frame: Frame): ClientCall => ({
  isGraphQL: false,
  query: '',
  fields: [],
  method: 'LIVE',
  path: `/live/${frame['op']}`,
  search: '',
  body: frame,
});

const errorFrame = (fault: Fault, frame: Frame): string | undefined => {
  const error = faultError(fault);
  if (!error) return undefined;
  const { requestId = null } = frame;
  return JSON.stringify({ op: 'error', error: error.message, code: error.code, reconnect: true, requestId });
};

/** Runs steps one after the other: each after its delay, and at once when nothing waits and it has none. */
const createLane = (): ((delay: () => Promise<void>, isLate: boolean, step: () => void) => void) => {
  let last: Promise<void> | undefined;
  return (delay, isLate, step) => {
    if (!last && !isLate) return step();
    const own = (last ?? Promise.resolve()).then(delay).then(step);
    last = own;
    void own.then(() => {
      if (last === own) last = undefined;
    });
  };
};

/**
 * Live queries that faults reach, where there are any: frames come late (`latency`), are lost (`cut`), break the connection
 * (`network`), and what a client asks for is refused (`error`). Late frames keep their order.
 */
export const withFaults = (live: Live, faults: ActiveFaults): Live => {
  const meet = (
    text: string,
    lane: ReturnType<typeof createLane>,
    pass: (hits: readonly Fault[], frame: Frame) => void,
  ) => {
    const frame = faults.isEmpty() ? {} : read(text);
    const hits = faults.isEmpty() ? [] : faults.hit(toCall(frame), () => false);
    const delay = async (): Promise<void> => {
      for (const fault of hits) await waitFor(faults.wait(fault));
    };
    lane(delay, hits.length > 0, () => pass(hits, frame));
  };
  const isLost = (hits: readonly Fault[]): boolean => hits.some(({ cut }) => cut);
  const isBroken = (hits: readonly Fault[]): boolean => hits.some(({ network }) => network);

  const outwards = (socket: LiveSocket): LiveSocket => {
    const lane = createLane();
    return {
      ...socket,
      close: () => socket.close(),
      send: (text) =>
        meet(text, lane, (hits) => {
          if (isBroken(hits)) socket.close();
          else if (!isLost(hits)) socket.send(text);
        }),
    };
  };

  const inwards = (connection: LiveConnection, socket: LiveSocket): LiveConnection => {
    const lane = createLane();
    return {
      end: () => connection.end(),
      receive: (text) =>
        meet(text, lane, (hits, frame) => {
          if (isBroken(hits)) return socket.close();
          if (isLost(hits)) return;
          const refusal = hits.map((fault) => errorFrame(fault, frame)).find((error) => error !== undefined);
          if (refusal === undefined) connection.receive(text);
          else socket.send(refusal);
        }),
    };
  };

  return { ...live, connect: (socket) => inwards(live.connect(outwards(socket)), socket) };
};
