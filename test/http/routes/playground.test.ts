import { describe, expect, it } from 'vitest';
import { playgroundPage } from '../../../src/http/routes/playground.ts';
import type { HttpRequest } from '../../../src/http/wire/message.ts';
import type { EmulatorOptions, PlaygroundAssets } from '../../../src/options/table.ts';
import { createFakeApp } from '../../support/fake-app.ts';

const playgroundAssets: PlaygroundAssets = async (name) =>
  name === 'playground.js' ? { body: new TextEncoder().encode('run()'), contentType: 'text/javascript' } : undefined;

const create = (options: EmulatorOptions = { playgroundAssets }) => {
  const { handle } = createFakeApp(options);
  return (path = '/playground', headers: HttpRequest['headers'] = { host: 'localhost:1337' }, method = 'GET') =>
    handle({ method, url: path, headers, body: '' });
};

const configOf = (html: unknown): unknown => {
  const [, json = ''] = /<script type="application\/json" id="config">(.*?)<\/script>/s.exec(String(html)) ?? [];
  return JSON.parse(json);
};

describe('the playground', () => {
  it("is a page that holds the emulator's own keys", async () => {
    const { status, headers, body } = await create()();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(configOf(body)).toEqual({
      appName: 'parse-users-emulator',
      graphQLPath: '/graphql',
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Master-Key': 'MASTER_KEY' },
    });
  });

  it('holds a client key too, which is asked for once the master key is gone', async () => {
    const { body } = await create({ playgroundAssets, restAPIKey: 'REST' })();
    expect(configOf(body)).toMatchObject({ headers: { 'X-Parse-REST-API-Key': 'REST' } });
  });

  it.each([
    ['a page from elsewhere', { host: 'localhost:1337', origin: 'https://evil.example' }],
    ['a name that leads to this machine', { host: 'evil.example:1337' }],
    ['another machine', { host: '192.168.1.5:1337' }],
  ])('does not tell the master key to %s', async (_who, headers) => {
    const { status, body } = await create()('/playground', headers);
    expect(status).toBe(200);
    expect(body).not.toContain('MASTER_KEY');
    expect(configOf(body)).toMatchObject({ headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' } });
  });

  it('may neither reach another host nor be framed', async () => {
    const policy = (await create()()).headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('answers at any letter case, and with a slash at its end', async () => {
    const ask = create();
    const { body } = await ask();
    expect((await ask('/Playground')).body).toBe(body);
    expect((await ask('/playground/')).body).toBe(body);
  });

  it('answers its assets, and nothing that is none', async () => {
    const ask = create();
    const asset = await ask('/playground/playground.js');
    expect(asset).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript' } });
    expect(asset.body).toEqual(new TextEncoder().encode('run()'));
    expect(await ask('/playground/other.js')).toMatchObject({ status: 404 });
    expect(await ask('/playground', {}, 'POST')).toMatchObject({ status: 404 });
    expect(await ask('/playground', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it('says where to find it when the host has no assets', async () => {
    const { status, body } = await create({})();
    expect(status).toBe(200);
    expect(body).toContain('npx parse-users-emulator');
    expect(await create({})('/playground/playground.js')).toMatchObject({ status: 404 });
  });

  it('is not among the requests that the emulator shows', async () => {
    const ask = create();
    await ask();
    const { body } = await ask('/emulator/requests');
    expect(body).toBe('[]');
  });
});

describe('playgroundPage', () => {
  it.each(['</script><script>alert(1)</script>', '<!--<script>', '"&\u2028'])('holds %j as it is', (text) => {
    const html = playgroundPage({ appName: text, graphQLPath: '/graphql', headers: { [text]: text } });
    expect(configOf(html)).toEqual({ appName: text, graphQLPath: '/graphql', headers: { [text]: text } });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toContain('<!--');
  });
});
