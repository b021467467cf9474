import { describe, expect, it } from 'vitest';
import { createFakeApp, post } from '../../support/fake-app.ts';

const ORIGIN = 'access-control-allow-origin';
const two = { allowOrigin: ['https://one.example.com', 'https://two.example.com'] };

describe('CORS', () => {
  it('is on every answer', async () => {
    const { handle } = createFakeApp();
    const requests = [
      post({ query: '{ health }' }),
      post('{ not JSON'),
      post({}, { 'x-parse-application-id': '' }),
      { ...post({}), url: '/nowhere' },
      { ...post({}), url: '/playground/nowhere' },
    ];
    for (const request of requests) {
      expect((await handle(request)).headers).toMatchObject({
        [ORIGIN]: '*',
        'access-control-allow-methods': 'GET,PUT,POST,DELETE,OPTIONS',
        'access-control-expose-headers': 'X-Parse-Job-Status-Id, X-Parse-Push-Status-Id',
      });
    }
  });

  it('answers a preflight without any key', async () => {
    const { handle } = createFakeApp({ allowHeaders: ['X-Own', 'X-Other'] });
    const answer = await handle({
      method: 'OPTIONS',
      url: '/graphql',
      headers: { origin: 'https://example.com' },
      body: '',
    });
    expect(answer).toMatchObject({ status: 200, body: 'OK' });
    expect(answer.headers['access-control-allow-headers']).toMatch(
      /^X-Parse-Master-Key, .*, Cache-Control, X-Own, X-Other$/,
    );
  });

  it.each([
    [two, 'https://two.example.com', 'https://two.example.com'],
    [two, 'https://three.example.com', 'https://one.example.com'],
    [two, undefined, 'https://one.example.com'],
    [{ allowOrigin: 'https://one.example.com' }, 'https://two.example.com', 'https://one.example.com'],
  ])('with %j names for %s: %s', async (options, origin, expected) => {
    const { handle } = createFakeApp(options);
    const answer = await handle(post({ query: '{ health }' }, { origin }));
    expect(answer.headers[ORIGIN]).toBe(expected);
  });
});
