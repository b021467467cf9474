import { describe, expect, it } from 'vitest';
import { toFetch } from '../../src/http/fetch.ts';
import type { HttpRequest } from '../../src/http/message.ts';
import { createFakeApp } from './fake-app.ts';

const URL = 'http://localhost:1337/graphql';
const HEADERS = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };

describe('fetch', () => {
  const fetch = toFetch(createFakeApp().handle);

  it('answers a web request with a web response', async () => {
    const response = await fetch(
      new Request(URL, { method: 'POST', headers: HEADERS, body: '{"query":"{ health }"}' }),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({ data: { health: true } });
  });

  it('invents no content type', async () => {
    const response = await fetch(new Request(URL));
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      403,
      null,
      '{"error":"unauthorized"}',
    ]);
  });

  it('hands on headers in lower case and the body as bytes', async () => {
    const seen: HttpRequest[] = [];
    const spy = toFetch(async (request) => {
      seen.push(request);
      return { status: 204, headers: {}, body: 'ignored' };
    });
    await spy(new Request(URL, { method: 'POST', headers: HEADERS, body: 'é' }));
    expect((await spy(new Request(URL, { method: 'HEAD' }))).body).toBeNull();
    expect(seen).toEqual([
      {
        method: 'POST',
        url: URL,
        headers: { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' },
        body: new Uint8Array([195, 169]),
      },
      { method: 'HEAD', url: URL, headers: {}, body: '' },
    ]);
  });
});
