import type { Options } from '../../options/table.ts';

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

/** The CORS headers that every answer carries, for the origin that asks: one that is allowed is named, else the first. */
export const createCors = ({ allowOrigin, allowHeaders }: Options): ((origin: string | undefined) => Headers) => {
  const origins = typeof allowOrigin === 'string' ? [allowOrigin] : allowOrigin;
  const headersFor = (origin: string): Headers => ({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET,PUT,POST,DELETE,OPTIONS',
    'access-control-allow-headers': [...ALLOWED_HEADERS, ...(allowHeaders ?? [])].join(', '),
    'access-control-expose-headers': 'X-Parse-Job-Status-Id, X-Parse-Push-Status-Id',
  });
  const first = headersFor(origins[0] ?? '*');
  const known = new Map(origins.map((origin) => [origin, headersFor(origin)]));
  return (origin) => (origin === undefined ? first : (known.get(origin) ?? first));
};
