import type { LiveState, MfaCode, NextExpiry } from '../http/control/insight.ts';
import type { OptionInForce } from '../http/control/options.ts';
import type { OriginalRequest } from '../http/steering/requests-log.ts';
import { send, type Way } from './send.ts';

/** What is inside of an emulator, and what will be. */
export interface Insight {
  /** All options with the values that are in force. Secrets are `***` unless they are asked for. */
  options(settings?: {
    /** Whether secrets are told. @default false */
    readonly secrets?: boolean;
  }): Promise<readonly OptionInForce[]>;
  /** The classes that are live, and who is subscribed to what. */
  live(): Promise<LiveState>;
  /** What ends next by time: a session, a link, a lock, a password; undefined when nothing will. */
  nextExpiry(): Promise<NextExpiry | undefined>;
  /** The code that the authenticator of a user shows. Rejects for an unknown name, and for one who has none. */
  mfaCode(username: string): Promise<MfaCode>;
  /** A request as it came, with all of its secrets, by its id in `requests`. Rejects for an id that none of the last hundred has. */
  originalRequest(id: number): Promise<OriginalRequest>;
}

/** What a connection has of this. */
export const insightOf = (way: Way): Insight => ({
  options: ({ secrets = false } = {}) => send(way, 'GET', '/options', { query: { secrets: String(secrets) } }),
  live: () => send(way, 'GET', '/live'),
  async nextExpiry() {
    const next = await send<Partial<NextExpiry>>(way, 'GET', '/clock/next');
    return next.kind === undefined ? undefined : (next as NextExpiry);
  },
  mfaCode: (username) => send(way, 'GET', '/users/code', { query: { username } }),
  originalRequest: (id) => send(way, 'GET', '/requests/original', { query: { id: String(id) } }),
});
