import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toFetch } from '../../src/http/wire/fetch.ts';
import type { HttpRequest, HttpResponse } from '../../src/http/wire/message.ts';
import { createFakeApp, openSession } from '../support/fake-app.ts';
import { runs } from '../support/runs.ts';

const { handle, parts, logged } = createFakeApp({ graphQLPublicIntrospection: false });
const sessionToken = openSession(parts);

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'get', 'TRACE', ''];
const PATHS = [
  '/graphql',
  '/parse/users',
  '/parse/files/APPLICATION_ID/a',
  '/parse/files/x',
  '/parse/health',
  '/parse/sessions/me',
  '/emulator/state',
  '/emulator/clock',
  '/playground',
  '/',
  '',
];
const HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ['x-parse-application-id', ['APPLICATION_ID', 'x', '']],
  ['x-parse-master-key', ['MASTER_KEY', 'x']],
  ['x-parse-session-token', [sessionToken, 'r:dead', '']],
  ['x-parse-cloud-context', ['{}', '[', 'null']],
  ['authorization', [`Basic ${btoa('APPLICATION_ID:MASTER_KEY')}`, 'Basic', 'Basic é', 'Bearer x']],
  [
    'content-type',
    [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=b',
      'application/json; charset=utf-16',
      ';',
      '',
    ],
  ],
  ['content-encoding', ['identity', 'gzip']],
  ['accept', ['*/*', 'application/graphql-response+json', 'text/html', ',;q=']],
  ['origin', ['http://localhost', 'null', 'https://evil.example']],
  ['host', ['localhost', 'evil.example', '[']],
];
const QUERIES = [
  '{ health }',
  '{ crashed }',
  '{ refused }',
  'mutation { resetPassword }',
  '{ __schema { types { name } } }',
  'subscription { a }',
  '{ users(first: $a) { id } }',
  'query($a: Int!) { users(first: $a) { id } }',
  '{',
  '',
  '\u0000',
];

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(...QUERIES));
const value = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>('__proto__', 'constructor', null));
const envelope = fc.record(
  {
    query: fc.oneof(anyText, value),
    variables: value,
    operationName: fc.oneof(fc.string(), value),
    extensions: fc.oneof(value, fc.record({ persistedQuery: value })),
    _method: fc.oneof(fc.constantFrom('GET', 'put'), value),
    _ApplicationId: fc.oneof(fc.constant('APPLICATION_ID'), value),
    _SessionToken: value,
    _ContentType: value,
    base64: value,
  },
  { requiredKeys: [] },
);
const multipart = fc
  .array(fc.tuple(fc.constantFrom('operations', 'map', '0'), anyText), { maxLength: 4 })
  .map(
    (fields) =>
      `${fields.map(([name, text]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`).join('')}--b--`,
  );
const body = fc.oneof(
  envelope.map((sent) => JSON.stringify(sent)),
  fc.json(),
  anyText,
  multipart,
  fc.uint8Array(),
);

const headers = fc
  .tuple(
    ...HEADERS.map(([, values]) =>
      fc.option(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: fc.string() })),
    ),
  )
  .map((values) =>
    Object.fromEntries(HEADERS.flatMap(([name], place) => (values[place] === null ? [] : [[name, values[place]]]))),
  );

const url = fc
  .tuple(
    fc.constantFrom('', '', '', 'http://localhost:1337', 'http://evil.example'),
    fc.constantFrom(...PATHS),
    fc.oneof(fc.constant(''), fc.string(), fc.webPath()),
    fc.option(fc.oneof(fc.string(), fc.webQueryParameters())),
  )
  .map(([origin, path, more, search]) => `${origin}${path}${more}${search === null ? '' : `?query=${search}`}`);

const request: fc.Arbitrary<HttpRequest> = fc.record({ method: fc.constantFrom(...METHODS), url, headers, body });

const checkWellFormed = ({ status, headers: sent, body: text }: HttpResponse): void => {
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThanOrEqual(599);
  // control answers name origins of this machine alone, and say that it depends
  if (sent['vary'] !== 'Origin') expect(sent['access-control-allow-origin']).toBe('*');
  if (typeof text === 'string' && text !== '' && sent['content-type']?.includes('json'))
    expect(() => JSON.parse(text)).not.toThrow();
};

it('every request gets a well-formed answer that tells nothing of the inside', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      const answer = await handle(sent);
      checkWellFormed(answer);
      expect(String(answer.body)).not.toMatch(/a secret of the inside|\bat .+\.ts:\d+/);
    }),
    runs(700),
  );
  const failures = logged.filter(([, message]) => String(message).startsWith('Failed to answer'));
  expect(failures).toEqual([]);
});

it('every web request gets a web response', async () => {
  const fetch = toFetch(handle);
  const fetchable = fc.record({ method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE'), body });
  await fc.assert(
    fc.asyncProperty(fetchable, async ({ method, body: text }) => {
      const hasBody = method !== 'GET' && method !== 'HEAD';
      const init = {
        method,
        headers: { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' },
      };
      const sent = typeof text === 'string' ? text : new Uint8Array(text);
      const response = await fetch(new Request('http://localhost/graphql', hasBody ? { ...init, body: sent } : init));
      expect(response).toBeInstanceOf(Response);
    }),
  );
});
