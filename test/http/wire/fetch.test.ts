import { describe, expect, it } from 'vitest';
import { toFetch } from '../../../src/http/wire/fetch.ts';
import type { HttpRequest } from '../../../src/http/wire/message.ts';
import { createEmulator } from '../../../src/index.ts';
import { createFakeApp } from '../../support/fake-app.ts';

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

it('takes headers in whatever case they come, as those of happy-dom', async () => {
  const real = new Request('http://localhost:1337/graphql', { method: 'POST', body: '{"query":"{ health }"}' });
  const headers = new Map([
    ['X-Parse-Application-Id', 'APPLICATION_ID'],
    ['Content-Type', 'application/json'],
  ]);
  const request = new Proxy(real, {
    get: (target, name) => {
      if (name === 'headers') return headers;
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  expect(await (await createEmulator().fetch(request)).json()).toEqual({ data: { health: true } });
});

it('rejects where a fault breaks the connection, as the platform does', async () => {
  const emulator = createEmulator();
  emulator.faults.add({ network: true, times: 1 });
  const request = new Request('http://localhost:1337/parse/health');
  await expect(emulator.fetch(request)).rejects.toThrow(new TypeError('fetch failed'));
});

describe('fetch takes what the platform takes:', () => {
  const { fetch } = createEmulator();
  const body = JSON.stringify({ query: '{ health }' });
  const init = { method: 'POST', headers: HEADERS, body };

  it.each([
    ['an address and init', () => fetch(URL, init)],
    ['a path of its own', () => fetch('/graphql', init)],
    ['a URL object', () => fetch(new globalThis.URL(URL), init)],
    ['a Request', () => fetch(new Request(URL, init))],
    ['a Request with init over it', () => fetch(new Request(URL, { ...init, body: '{}' }), { body })],
  ])('%s', async (_what, ask) => {
    expect(await (await ask()).json()).toEqual({ data: { health: true } });
  });

  it('no address', async () => {
    await expect(fetch('http://')).rejects.toThrow(TypeError);
  });
});

describe('a signal', () => {
  const emulator = createEmulator();
  const init = { headers: HEADERS };

  it('that has aborted rejects with its reason, and nothing is asked', async () => {
    const signal = AbortSignal.abort(new Error('nobody wants it'));
    await expect(emulator.fetch('/parse/health', { ...init, signal })).rejects.toThrow('nobody wants it');
    await expect(emulator.fetch(new Request(URL, { signal }))).rejects.toThrow('nobody wants it');
    expect(emulator.requests).toEqual([]);
  });

  it('that aborts on the way rejects at once', async () => {
    emulator.faults.add({ latency: 3_600_000 });
    const stopping = new AbortController();
    const asked = emulator.fetch('/parse/health', { ...init, signal: stopping.signal });
    stopping.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await emulator.reset();
  });

  it('ends a stream of events', async () => {
    const stopping = new AbortController();
    const { body } = await emulator.fetch('/emulator/events', { signal: stopping.signal });
    const reader = body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^event: ready\ndata: \{.*\}\n\n$/);
    stopping.abort();
    await expect(reader?.read()).rejects.toMatchObject({ name: 'AbortError' });
    emulator.clock.advance({ hours: 1 }); // which nobody hears of any more
  });
});
