import type { Fault } from '../../../src/client/index.ts';
import { recall, remember } from '../../lib/storage.ts';

/** A fault with a name. */
export type NamedFault = { readonly name: string; readonly text: string; readonly fault: Fault };

/** Misbehaviour that every application meets one day. */
export const PRESETS: readonly NamedFault[] = [
  {
    name: 'Slow network',
    text: 'Each answer takes from half a second to two seconds.',
    fault: { latency: [500, 2000] },
  },
  { name: 'Flaky network', text: 'Three connections in ten break.', fault: { network: true, probability: 0.3 } },
  {
    name: 'Overloaded',
    text: 'Everything is answered 503, to be tried again after five seconds.',
    fault: { status: 503, retryAfter: 5 },
  },
  { name: 'Too many requests', text: 'Everything is answered 429.', fault: { status: 429, retryAfter: 10 } },
  {
    name: 'Session expired',
    text: 'Whoever is logged in reads that the session is invalid.',
    fault: { session: 'expired' },
  },
  {
    name: 'Answers break off',
    text: 'Every second answer ends in its middle.',
    fault: { cut: true, probability: 0.5 },
  },
  {
    name: 'Log-in is refused',
    text: 'logIn ends in Parse\u2019s error 101.',
    fault: { operation: 'logIn', error: { code: 101, message: 'Invalid username/password.' } },
  },
];

const isFaultList = (value: unknown): value is NamedFault[] =>
  Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'fault' in one);

/** The faults that a person has made, as the browser remembers them. */
export const recallOwn = (): readonly NamedFault[] => {
  try {
    const own: unknown = JSON.parse(recall('faults') ?? '[]');
    return isFaultList(own) ? own : [];
  } catch {
    return [];
  }
};

/** Has the browser remember the faults that a person has made. */
export const rememberOwn = (own: readonly NamedFault[]): void => remember('faults', JSON.stringify(own));
