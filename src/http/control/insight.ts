import type { LiveListing } from '../../live/hub.ts';
import type { Context } from '../../operations/context.ts';
import { currentCode } from '../../operations/third-parties/mfa.ts';
import { findUserBy } from '../../operations/users/find-user.ts';
import { type Expiry, nextExpiry } from '../../operations/users/next-expiry.ts';
import { matching, oneOf, text } from '../../options/shape.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Parts } from '../parts.ts';
import type { RequestsLog } from '../steering/requests-log.ts';
import { type OptionInForce, optionsInForce } from './options.ts';
import { checkQuery, type Runs } from './run.ts';

/** What ends next by time, and whose it is. */
export type NextExpiry = Expiry & {
  /** The name of the user; absent for one who has none. */
  readonly username?: string;
};

/** The live queries of an emulator. */
export type LiveState = {
  /** The classes that are live, as the option `liveQuery` names them. */
  readonly classNames: readonly string[];
  /** The open subscriptions, the oldest connection first. */
  readonly subscriptions: readonly (LiveListing & {
    /** The name of the user who subscribed; absent: nobody was logged in. */
    readonly username?: string;
  })[];
};

/** The code that an authenticator shows. */
export type MfaCode = {
  /** The digits. */
  readonly code: string;
  /** How long they count, in seconds. */
  readonly seconds: number;
};

const checkSecrets = checkQuery('read the options', { secrets: oneOf(['true', 'false']) });
const checkUser = checkQuery('read a code', { username: text });
const checkRequest = checkQuery('find a request', {
  id: matching('the id of a request', (value) => typeof value === 'string' && /^\d{1,9}$/.test(value)),
});

const nameOfUser = (userId: string | undefined, { store }: Pick<Context, 'store'>): { readonly username?: string } => {
  const username = userId === undefined ? undefined : store.get('_User', userId)?.['username'];
  return typeof username === 'string' ? { username } : {};
};

const readCode = (query: URLSearchParams, parts: Parts): MfaCode => {
  checkUser(query);
  const username = query.get('username') ?? '';
  const user = findUserBy('username', username, parts);
  if (!user) throw new UserError(`Failed to read a code: nobody is called "${username}"`);
  const current = currentCode(user, parts);
  if (!current) throw new UserError(`Failed to read a code: "${username}" has no authenticator`);
  return { code: current.code, seconds: current.seconds };
};

/** What a person sees of the inside: options, live queries, what ends next, codes, requests as they came. */
export const insightRuns = (parts: Parts, requests: RequestsLog): Runs => ({
  'GET /options': (_body, query): readonly OptionInForce[] => {
    checkSecrets(query);
    return optionsInForce(parts.options, query.get('secrets') === 'true');
  },
  'GET /live': (): LiveState => ({
    classNames: parts.options.liveQuery?.classNames ?? [],
    subscriptions: parts.control.subscriptions().map((one) => ({ ...one, ...nameOfUser(one.userId, parts) })),
  }),
  'GET /clock/next': (): NextExpiry | object => {
    const next = nextExpiry({ ...parts, auth: { isMaster: true }, request: { headers: {}, ip: '', cloudContext: {} } });
    return next ? { ...next, ...nameOfUser(next.userId, parts) } : {};
  },
  'GET /users/code': (_body, query) => readCode(query, parts),
  'GET /requests': () => requests.list(),
  'GET /requests/original': (_body, query) => {
    checkRequest(query);
    return requests.original(Number(query.get('id')));
  },
});
