import { isInRanges } from '../../options/ip-ranges.ts';
import { OPTIONS, type Options } from '../../options/table.ts';
import { isLoopbackAddress, isLoopbackHost, isLoopbackOrigin } from '../wire/loopback.ts';
import type { HttpRequest } from '../wire/message.ts';
import type { Target } from '../wire/target.ts';

/** The parts of a request that tell who may have sent it. */
type Sender = Pick<HttpRequest, 'headers' | 'peer'>;

/** As much of the options as the rule asks. */
type Rules = Pick<
  Options,
  | 'masterKey'
  | 'masterKeyIps'
  | 'readOnlyMasterKeyIps'
  | 'maintenanceKeyIps'
  | 'allowOrigin'
  | 'serverURL'
  | 'publicServerURL'
>;

/** The keys that need no user, and the option with the addresses that may use each. */
const IPS = { master: 'masterKeyIps', readOnly: 'readOnlyMasterKeyIps', maintenance: 'maintenanceKeyIps' } as const;

const ownAddresses = ({ serverURL, publicServerURL }: Rules): URL[] =>
  [serverURL, publicServerURL].flatMap((address) => (address === undefined ? [] : new URL(address)));

const isOwnHost = (host: string, rules: Rules): boolean =>
  isLoopbackHost(host) || ownAddresses(rules).some((own) => own.host === host.toLowerCase());

const isOwnOrigin = (origin: string, rules: Rules): boolean =>
  isLoopbackOrigin(origin) ||
  [rules.allowOrigin].flat().includes(origin) ||
  ownAddresses(rules).some((own) => own.origin === origin.toLowerCase());

/** A browser says so, and from which page; others say neither. */
const isFromOwnPage = ({ headers }: Sender, { host }: Pick<Target, 'host'>, rules: Rules): boolean => {
  const { origin, 'sec-fetch-site': site } = headers;
  if (origin === undefined && site === undefined) return true;
  if (![headers['host'], host || undefined].every((name) => name === undefined || isOwnHost(name, rules))) return false;
  return origin === undefined ? site !== 'cross-site' : isOwnOrigin(origin, rules);
};

/**
 * Whether the right master key, or another that needs no user, counts in the hands of a sender. In a program it always does. Of what
 * comes by a socket, the address must be among `masterKeyIps` and its kin, as with Parse Server; a browser must show a page of this machine or of `allowOrigin`, since any
 * page can write down a default; and from another machine the default does not count at all.
 */
export const mayUseKey = (
  key: keyof typeof IPS,
  sender: Sender,
  target: Pick<Target, 'host'>,
  rules: Rules,
): boolean => {
  const { peer } = sender;
  if (peer === undefined) return true;
  if (!isInRanges(peer, rules[IPS[key]]) || !isFromOwnPage(sender, target, rules)) return false;
  return key !== 'master' || isLoopbackAddress(peer) || rules.masterKey !== OPTIONS.masterKey.default;
};
