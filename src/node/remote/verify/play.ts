import { isObject } from '../../../parse/record.ts';
import { compare, type Difference, type Matches, type Mode, noMatches } from './compare.ts';
import type { Call, Reply, Side } from './side.ts';
import { fill, type Memory, type Step, valueAtPath } from './steps.ts';

/** What became of a step. */
export type Outcome = {
  /** The name of the step. */
  readonly step: string;
  /** Whether both sides answered alike; `skipped`: it was not played. */
  readonly result: 'same' | 'differs' | 'skipped';
  /** Where the answers differ first; `HTTP status` for the status. */
  readonly difference?: Difference;
  /** Why it was left out. */
  readonly reason?: string;
};

/** The keys that requests carry. */
export type Credentials = { readonly appId: string; readonly masterKey: string };

/** What each side has said so far. */
export type Play = {
  readonly server: Side;
  readonly emulator: Side;
  readonly credentials: Credentials;
  readonly memories: { readonly server: Memory; readonly emulator: Memory };
  readonly matches: Matches;
};

/** A play from its beginning; `names` are known to both sides. */
export const beginPlay = (
  server: Side,
  emulator: Side,
  credentials: Credentials,
  names: { readonly [name: string]: string },
): Play => ({
  server,
  emulator,
  credentials,
  memories: { server: new Map(Object.entries(names)), emulator: new Map(Object.entries(names)) },
  matches: noMatches(),
});

const headersFor = ({ as, headers }: Step, memory: Memory, { appId, masterKey }: Credentials): Call['headers'] => {
  const token = memory.get(as);
  return {
    'X-Parse-Application-Id': appId,
    ...(as === 'master' && { 'X-Parse-Master-Key': masterKey }),
    ...(token && { 'X-Parse-Session-Token': token }),
    ...headers,
  };
};

const toCall = (step: Step, memory: Memory, credentials: Credentials): Call => {
  const headers = headersFor(step, memory, credentials);
  const { protocol, method, body } = step;
  const path = String(fill(step.path, memory, encodeURIComponent));
  if (body === undefined) return { protocol, method, path, headers };
  return {
    ...{ protocol, method, path },
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(fill(body, memory)),
  };
};

const keep = ({ keep: places = {} }: Step, { body }: Reply, memory: Memory): void => {
  for (const [name, place] of Object.entries(places)) {
    const value = valueAtPath(body, place);
    if (typeof value === 'string') memory.set(name, value);
  }
};

const compareReplies = (server: Reply, emulator: Reply, matches: Matches, mode?: Mode): Difference | undefined =>
  server.status === emulator.status
    ? compare(server.body, emulator.body, 'body', matches, mode)
    : {
        place: 'HTTP status',
        server: `${server.status} ${JSON.stringify(server.body)}`.slice(0, 300),
        emulator: `${emulator.status} ${JSON.stringify(emulator.body)}`.slice(0, 300),
      };

/** An answer as it is compared. */
const strip = ({ without = [] }: Step, reply: Reply): Reply =>
  without.length > 0 && isObject(reply.body)
    ? { ...reply, body: Object.fromEntries(Object.entries(reply.body).filter(([name]) => !without.includes(name))) }
    : reply;

/** Asks both sides the same, and compares what they say. */
export const playStep = async (
  step: Step,
  { server, emulator, credentials, memories, matches }: Play,
  mode?: Mode,
): Promise<Outcome> => {
  const there = await server.ask(toCall(step, memories.server, credentials));
  const here = await emulator.ask(toCall(step, memories.emulator, credentials));
  keep(step, there, memories.server);
  keep(step, here, memories.emulator);
  const difference = compareReplies(strip(step, there), strip(step, here), matches, mode);
  return difference ? { step: step.name, result: 'differs', difference } : { step: step.name, result: 'same' };
};
