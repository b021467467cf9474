import type { Options } from '../../options/table.ts';
import { isLoopbackOrigin } from './loopback.ts';

type Headers = { readonly [name: string]: string };

const ALLOWED_HEADERS = [
  'X-Parse-Master-Key',
  'X-Parse-REST-API-Key',
  'X-Parse-Javascript-Key',
  'X-Parse-Application-Id',
  'X-Parse-Client-Version',
  'X-Parse-Session-Token',
  'X-Requested-With',
  'X-Parse-Revocable-Session',
  'X-Parse-Request-Id',
  'Content-Type',
  'Pragma',
  'Cache-Control',
];

/** The headers of CORS for the origin that asks. */
export type Cors = (origin: string | undefined) => Headers;

const toHeaders = (origin: string, allowHeaders: readonly string[] = []): Headers => ({
  'access-control-allow-origin': origin,
  'access-control-allow-methods': 'GET,PUT,POST,DELETE,OPTIONS',
  'access-control-allow-headers': [...ALLOWED_HEADERS, ...allowHeaders].join(', '),
  'access-control-expose-headers': 'X-Parse-Job-Status-Id, X-Parse-Push-Status-Id',
});

// Parse Server stands on Express, which says so in every answer.
const EXPRESS: Headers = { 'x-powered-by': 'Express' };

const NONE: Headers = { vary: 'Origin' };

/** The package `cors` as it is by itself: any page may ask. */
export const openCors: Cors = () => ({ 'access-control-allow-origin': '*', ...EXPRESS });

/** What it answers to a preflight: whatever the page wants to send, it may. */
export const openPreflight = (wanted: string | undefined): Headers => ({
  ...openCors(undefined),
  'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
  vary: 'Access-Control-Request-Headers',
  ...(wanted && { 'access-control-allow-headers': wanted }),
});

/** CORS for pages of this machine alone; others get none of it, whatever `allowOrigin` says. */
export const loopbackCors: Cors = (origin) =>
  origin !== undefined && isLoopbackOrigin(origin) ? { ...NONE, ...toHeaders(origin) } : NONE;

/** The headers that every answer carries, with CORS for the origin that asks: one that is allowed is named, else the first. */
export const createCors = ({ allowOrigin, allowHeaders }: Options): Cors => {
  const origins = typeof allowOrigin === 'string' ? [allowOrigin] : allowOrigin;
  const headersFor = (origin: string): Headers => ({ ...toHeaders(origin, allowHeaders), ...EXPRESS });
  const first = headersFor(origins[0] ?? '*');
  const known = new Map(origins.map((origin) => [origin, headersFor(origin)]));
  return (origin) => (origin === undefined ? first : (known.get(origin) ?? first));
};
