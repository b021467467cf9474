import { currentSession } from '../../operations/sessions/sessions.ts';
import { upgradeSession } from '../../operations/sessions/upgrade.ts';
import { ok, type RestRoute } from '../message.ts';

/** The session of the token that asks. */
export const SESSION_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/sessions/me', run: (_call, context) => ok(currentSession(context)) },
  { method: 'POST', path: '/upgradeToRevocableSession', run: (_call, context) => ok(upgradeSession(context)) },
];
