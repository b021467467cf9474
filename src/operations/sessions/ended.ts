import type { Store } from '../../store/store.ts';
import type { EndedSessions } from '../context.ts';
import { tokenOf } from './store.ts';

/** So many are remembered. */
const MOST_TOKENS = 1000;

/** Remembers the last sessions that go from a store. */
export const createEndedSessions = (store: Store, known: ReturnType<EndedSessions['list']> = []): EndedSessions => {
  const endings = new Map(known);
  store.onGone('_Session', (session, by) => {
    const token = tokenOf(session);
    endings.delete(token);
    endings.set(token, by === 'delete' ? 'sessionEnded' : 'sessionOfBeforeReset');
    if (endings.size > MOST_TOKENS) endings.delete(endings.keys().next().value ?? '');
  });
  return { find: (sessionToken) => endings.get(sessionToken), list: () => [...endings] };
};
