import type { HttpRequest } from './message.ts';
import type { Target } from './target.ts';

const NAMES = /^(?:localhost|[\w.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[0:0:0:0:0:0:0:1\])(?::\d+)?$/i;

/** Whether a host, with or without a port, is this very machine by its name alone. */
export const isLoopbackHost = (host: string): boolean => NAMES.test(host);

/** Whether an origin (`http://localhost:3000`) is a page of this very machine. A page from a file, or in a sandbox, has none: `null`. */
export const isLoopbackOrigin = (origin: string): boolean => {
  const [, host] = /^https?:\/\/([^/]+)$/i.exec(origin) ?? [];
  return host !== undefined && isLoopbackHost(host);
};

/** The parts of a request that tell where it comes from. */
type Origins = Pick<HttpRequest, 'headers' | 'peer'>;

/**
 * Whether a request names this very machine: a page from elsewhere must neither read nor change a developer's emulator. Its
 * origin gives it away; when it hides behind a name that leads to this machine (DNS rebinding), the host does. A request
 * without either comes from no browser. What a page loads as a picture or a script has no origin: see `isFromForeignPage`.
 */
export const namesHere = ({ headers }: Origins, { host }: Pick<Target, 'host'>): boolean =>
  [headers['host'], host || undefined].every((name) => name === undefined || isLoopbackHost(name)) &&
  (headers['origin'] === undefined || isLoopbackOrigin(headers['origin']));

/** Whether a browser says that a page of another site asks, without telling which. */
export const isFromForeignPage = ({ headers }: Origins): boolean =>
  headers['sec-fetch-site'] === 'cross-site' && headers['origin'] === undefined;

const LOOPBACK_PEER = /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i;

/** Whether an address is this very machine's. */
export const isLoopbackAddress = (address: string): boolean => LOOPBACK_PEER.test(address);

/** Whether a request also comes from this very machine: a program may lie in its headers, but not about its own address. */
export const isFromHere = (request: Origins, target: Pick<Target, 'host'>): boolean =>
  namesHere(request, target) && (request.peer === undefined || isLoopbackAddress(request.peer));
