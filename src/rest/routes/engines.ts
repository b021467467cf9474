import { requireWritingMaster } from '../../operations/access/keys.ts';
import type { Context } from '../../operations/context.ts';
import { ParseError } from '../../parse/error.ts';
import { masterOnly } from '../errors.ts';
import { ok, type RestCall, type RestResponse, type RestRoute } from '../message.ts';

const misconfigured = (message: string): ParseError => new ParseError('PUSH_MISCONFIGURED', message);

const push = ({ fields }: RestCall, context: Context): RestResponse => {
  requireWritingMaster(context, 'send push notifications');
  const hasWhere = Object.hasOwn(fields, 'where');
  const hasChannels = Object.hasOwn(fields, 'channels');
  if (hasWhere && hasChannels) throw misconfigured('Channels and query can not be set at the same time.');
  if (!hasWhere && !hasChannels) {
    throw misconfigured('Sending a push requires either "channels" or a "where" query.');
  }
  throw misconfigured('Missing push configuration');
};

/** What says of a receipt a server that does not reach the App Store. */
const UNVERIFIED = { status: null, error: 'unknown error.' };

const validatePurchase = ({ fields }: RestCall): RestResponse => {
  if (fields['receipt'] && fields['productIdentifier']) return ok(UNVERIFIED);
  throw new ParseError('INVALID_JSON', 'missing receipt or productIdentifier');
};

const SECURITY_OFF: RestResponse = {
  status: 409,
  body: { error: 'Enable Parse Server option `security.enableCheck` to run security check.' },
};

/** Routes to engines that the emulator does not have: they answer as those of a Parse Server that was given none. */
export const ENGINE_ROUTES: readonly RestRoute[] = [
  { method: 'POST', path: '/push', run: masterOnly(push) },
  { method: 'POST', path: '/validate_purchase', run: validatePurchase },
  { method: 'GET', path: '/security', run: masterOnly(() => SECURITY_OFF) },
  { method: 'GET', path: '/scriptlog', run: masterOnly(() => ok([])) },
  { method: 'POST', path: '/events/:name', run: () => ok({}) },
];
