import { expect, it } from 'vitest';
import { createEmulator, type PlaygroundAssets } from '../../../src/index.ts';

const playgroundAssets: PlaygroundAssets = async (name) =>
  name === 'console/console.js'
    ? { body: new TextEncoder().encode('run()'), contentType: 'text/javascript' }
    : undefined;

const create = (assets?: PlaygroundAssets) => {
  const { handle } = createEmulator({ appName: 'A <b>', ...(assets && { playgroundAssets: assets }) });
  return (url = '/console', headers: { [name: string]: string } = {}) =>
    handle({ method: 'GET', url, headers: { host: 'localhost:1337', ...headers }, body: '' });
};

const policyOf = ({ headers }: { readonly headers: { readonly [name: string]: string } }): string =>
  headers['content-security-policy'] ?? '';

it('the console is a page that may run its own script alone, and be framed by nobody', async () => {
  const ask = create(playgroundAssets);
  const answer = await ask();
  const nonce = /<meta property="csp-nonce" content="(\w+)">/.exec(String(answer.body))?.[1] ?? '';
  expect(answer.status).toBe(200);
  expect(nonce).toHaveLength(32);
  expect(policyOf(answer)).toBe(
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; img-src data:; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(answer.body).toContain('<title>A &lt;b&gt; · console</title>');
  expect(answer.body).toContain('<script type="module" src="/console/console.js"></script>');
  expect(policyOf(await ask())).not.toBe(policyOf(answer));
});

it('the console holds no key', async () => {
  const { body } = await create(playgroundAssets)();
  expect(body).not.toContain('MASTER_KEY');
});

it('the console has its files below', async () => {
  const ask = create(playgroundAssets);
  expect(await ask('/console/console.js')).toMatchObject({ status: 200, body: new TextEncoder().encode('run()') });
  expect(await ask('/console/other.js')).toMatchObject({ status: 404 });
});

it('the console opens by the names of this machine alone, as the control routes do', async () => {
  const ask = create(playgroundAssets);
  expect(await ask('/console', { host: 'emulator.example' })).toMatchObject({ status: 403 });
});

it('a page without its files says where they are', async () => {
  const { status, body } = await create()();
  expect(status).toBe(200);
  expect(body).toContain('The console is not here');
});
