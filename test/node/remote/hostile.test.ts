import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { pull } from '../../../src/node/remote/pull/pull.ts';
import { serve, serveJson } from './fake-server.ts';

/** A pair for 127.0.0.1 that no authority has signed. */
const pem = (name: string): string => readFileSync(new URL(`certificate/${name}.pem`, import.meta.url), 'utf8');

const KEYS = { appId: 'APPLICATION_ID', masterKey: 'MASTER_KEY' };

const failure = async (from: string): Promise<string> => {
  const error = await pull({ from, ...KEYS }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const message = error instanceof Error ? error.message : 'it did not fail';
  expect(message).not.toContain('MASTER_KEY');
  return message.replaceAll(from, 'SERVER');
};

const NO_PARSE =
  'that is not an answer of a Parse Server. Say the address of its REST API, such as https://api.example.com/parse';

describe('a server that is none of Parse', () => {
  it('answers pages', async () => {
    const from = await serveJson(() => '<!DOCTYPE html><h1>Welcome</h1>');
    expect(await failure(from)).toBe(
      `Failed to ask SERVER/serverInfo: it answers text/html in place of JSON: ${NO_PARSE}`,
    );
  });

  it('answers nothing', async () => {
    const from = await serve((_request, response) => response.end());
    expect(await failure(from)).toBe(`Failed to ask SERVER/serverInfo: the answer is empty: ${NO_PARSE}`);
  });

  it('answers 404', async () => {
    expect(await failure(await serveJson(() => undefined))).toBe(
      `Failed to ask SERVER/serverInfo: it answers 404: ${NO_PARSE}`,
    );
  });

  it('redirects for ever', async () => {
    const from = await serve((_request, response) => response.writeHead(302, { location: '/parse' }).end());
    expect(await failure(from)).toBe('Failed to ask SERVER/health: it redirects without an end');
  });

  it('redirects to another, which gets no key', async () => {
    let asked = 0;
    const other = await serve((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    const from = await serve((_request, response) => response.writeHead(301, { location: `${other}/parse` }).end());
    expect(await failure(from)).toBe(
      `Failed to ask SERVER/health: it redirects to ${other}/parse. Keys are not sent on: say that address if it is the right one`,
    );
    expect(asked).toBe(0);
  });

  it('redirects to nowhere', async () => {
    const from = await serve((_request, response) => response.writeHead(302).end());
    expect(await failure(from)).toBe('Failed to ask SERVER/health: it redirects, and does not say where to');
  });

  it('breaks its answer off', async () => {
    const from = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"status":', () => response.destroy());
    });
    expect(await failure(from)).toBe('Failed to ask SERVER/health: the connection broke off');
  });

  it('claims to be Parse, and says no version', async () => {
    const from = await serveJson((path) => (path === '/health' ? { status: 'ok' } : { parseServerVersion: 'newest' }));
    expect(await failure(from)).toBe(
      'Failed to ask SERVER/serverInfo: it does not say which version of Parse Server it is, as every Parse Server does',
    );
  });

  it.each([[{ results: 'many' }], [{ results: [{ className: 'Todo' }] }], [{}]])(
    'claims to be Parse, and lists %j',
    async (schemas) => {
      const from = await serveJson((path) => (path === '/serverInfo' ? { parseServerVersion: '9.10.0' } : schemas));
      expect(await failure(from)).toBe('Failed to ask SERVER/schemas: it lists no classes, as every Parse Server does');
    },
  );

  it('answers a list in place of an object', async () => {
    expect(await failure(await serveJson(() => []))).toBe(`Failed to ask SERVER/serverInfo: ${NO_PARSE}`);
  });

  it('refuses the keys', async () => {
    const refuse = (status: number, body: object): Promise<string> =>
      serve((_request, response) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      );
    expect(await failure(await refuse(403, { error: 'unauthorized' }))).toBe(
      'Failed to ask SERVER/serverInfo: it refuses (unauthorized). Is the application id right, and does the server take its keys from here?',
    );
    expect(await failure(await refuse(403, { error: 'unauthorized: master key is required' }))).toContain(
      'it refuses the master key (unauthorized: master key is required)',
    );
  });

  it('is not there', async () => {
    expect(await failure('http://127.0.0.1:2')).toBe('Failed to ask SERVER/health: nothing listens there');
    expect(await failure('ftp://a.example')).toBe(
      'Failed to ask SERVER: it is not an address, such as https://api.example.com/parse',
    );
    expect(await failure('http://user:word@a.example')).toBe(
      'Failed to ask: an address holds no user names and passwords here',
    );
  });

  it('has a certificate that nobody signed', async () => {
    const server = createServer({ key: pem('key'), cert: pem('certificate') }, (_request, response) =>
      response.end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    expect(await failure(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)).toMatch(
      /^Failed to ask SERVER\/health: its certificate is not to be trusted \(\w+\)\. Where it is your own, put your authority's file into NODE_EXTRA_CA_CERTS$/,
    );
  });

  it('does not speak HTTPS', async () => {
    const from = await serveJson(() => ({}));
    expect(await failure(from.replace('http', 'https'))).toBe(
      'Failed to ask SERVER/health: what listens there does not speak HTTPS',
    );
  });

  it('gives the same rows again and again', async () => {
    const from = await serveJson((path, query) => {
      if (path === '/serverInfo') return { parseServerVersion: '9.10.0' };
      if (path === '/schemas') return { results: [{ className: 'Todo', fields: {} }] };
      if (path === '/config') return { params: {} };
      return query.has('count') ? { results: [], count: 5 } : { results: [{ objectId: 'a' }] };
    });
    const pulled = await pull({ from, ...KEYS, classes: ['Todo'] });
    const readAll = async (): Promise<void> => {
      for await (const rows of pulled.fixtures()) expect(rows.length).toBeLessThan(2);
    };
    await expect(readAll()).rejects.toThrow('it gives the same rows again and again');
  });
});
