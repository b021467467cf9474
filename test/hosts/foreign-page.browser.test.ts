import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmulatorServer, startServer } from '../../src/node/index.ts';
import { findChromium, inBrowser, launchChromium } from '../support/browser.ts';

/** The word that no page from elsewhere may come by: it stands in a mail and in the name of a user. */
const SECRET = 'annssecret';

/** What a page was told, by each way that it tried. */
type Told = { readonly [way: string]: unknown };

/**
 * Runs in the page. Tries to read with each kind of `fetch`, first as it is and then out of the cache which the page filled by loading the
 * same address as a picture, a script, a style sheet and a frame.
 */
const readEveryWay = async (url: string): Promise<Told> => {
  const told: { [way: string]: unknown } = {};
  const attempt = async (way: string, init: RequestInit): Promise<void> => {
    told[way] = await fetch(url, init).then(
      async (answer) => `${answer.type} ${answer.status} ${await answer.text()}`,
      () => 'refused',
    );
  };
  const load = (name: string, set: (element: HTMLElement) => void): Promise<void> =>
    new Promise((resolve) => {
      const element = document.createElement(name);
      element.onload = () => resolve();
      element.onerror = () => resolve();
      set(element);
      document.body.append(element);
    });
  await attempt('cors', { mode: 'cors' });
  await attempt('with credentials', { credentials: 'include' });
  await attempt('no-cors', { mode: 'no-cors' });
  await load('img', (element) => element.setAttribute('src', url));
  await load('script', (element) => element.setAttribute('src', url));
  await load('iframe', (element) => element.setAttribute('src', url));
  await load('link', (element) => {
    element.setAttribute('rel', 'stylesheet');
    element.setAttribute('href', url);
  });
  await attempt('from the cache', { cache: 'force-cache' });
  const frame = document.querySelector('iframe');
  try {
    told['in a frame'] = frame?.contentDocument?.body.textContent;
  } catch {
    told['in a frame'] = 'refused';
  }
  return told;
};

/** Runs in the page. Asks for a change by each way that sends a body. */
const changeEveryWay = async ([url, body]: readonly [string, string]): Promise<void> => {
  for (const type of ['text/plain', 'application/json', 'application/x-www-form-urlencoded']) {
    for (const mode of ['cors', 'no-cors'] as const) {
      for (const method of ['POST', 'PUT', 'DELETE']) {
        await fetch(url, {
          method,
          mode,
          headers: { 'Content-Type': type },
          ...(method !== 'DELETE' && { body }),
        }).catch(() => 0);
      }
    }
  }
  navigator.sendBeacon(url, body);
  const frame = document.createElement('iframe');
  frame.name = 'target';
  document.body.append(frame);
  const form = document.createElement('form');
  Object.assign(form, { action: url, method: 'POST', enctype: 'text/plain', target: 'target' });
  const field = document.createElement('input');
  field.name = body.slice(0, -1); // a form of plain text is `name=value`
  field.value = '}';
  form.append(field);
  document.body.append(form);
  await new Promise((resolve) => {
    frame.onload = resolve;
    form.submit();
  });
  frame.remove();
  form.remove();
};

/** Runs in the page. Shows the default master key in each place that it may stand in. */
const useMasterKey = async (url: string): Promise<Told> => {
  const told: { [way: string]: unknown } = {};
  const attempt = async (way: string, path: string, init: RequestInit): Promise<void> => {
    told[way] = await fetch(`${url}${path}`, init).then(
      (answer) => answer.text(),
      () => 'refused',
    );
  };
  const app = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
  const query = '{ users { edges { node { username } } } }';
  const inBody = { _ApplicationId: 'APPLICATION_ID', _MasterKey: 'MASTER_KEY', _method: 'GET' };
  const basic = { Authorization: `Basic ${btoa('APPLICATION_ID:MASTER_KEY')}` };
  await attempt('header', '/parse/users', { headers: { ...app, 'X-Parse-Master-Key': 'MASTER_KEY' } });
  await attempt('body', '/parse/users', { method: 'POST', body: JSON.stringify(inBody) });
  await attempt('basic', '/parse/users', { headers: basic });
  await attempt('graphql', '/graphql', {
    method: 'POST',
    headers: { ...app, 'X-Parse-Master-Key': 'MASTER_KEY', 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return told;
};

/** Runs in the page. Signs up and uploads what a browser would take for a page, under every name that might be overlooked. */
const uploadPages = async (url: string): Promise<readonly (readonly [string, number])[]> => {
  const app = { _ApplicationId: 'APPLICATION_ID' };
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${url}/parse${path}`, { method: 'POST', body: JSON.stringify({ ...app, ...body }) });
  const { sessionToken } = await (await post('/users', { username: 'stranger', password: 'x' })).json();
  const base64 = btoa('<!DOCTYPE html><title>harmless</title><script>document.title = "ran"</script>');
  const names = ['a.html', 'a.', 'a', 'a.svg', 'a.unknown', 'a.htm l', 'a.xht', 'a.rdf', 'a.mathml', 'a.xsd'];
  const answers: (readonly [string, number])[] = [];
  for (const name of names) {
    const body = { _SessionToken: sessionToken, _ContentType: 'text/html', base64 };
    answers.push([name, (await post(`/files/${encodeURIComponent(name)}`, body)).status]);
  }
  return answers;
};

describe.skipIf(!findChromium())(inBrowser('a page from elsewhere in Chromium'), () => {
  let emulator: EmulatorServer;
  let pages: Server;
  let browser: Browser;
  const pageAt = async (host: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(`http://${host}:${(pages.address() as AddressInfo).port}/`);
    return page;
  };
  const at = (path: string, host = 'localhost'): string => `http://${host}:${emulator.port}${path}`;

  beforeAll(async () => {
    emulator = await startServer({ port: 0, bcryptRounds: 4, verifyUserEmails: true });
    await emulator.emulator.users.create({ username: SECRET, email: `${SECRET}@example.com` });
    await fetch(`${emulator.url}/parse/verificationEmailRequest`, {
      method: 'POST',
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
      body: JSON.stringify({ email: `${SECRET}@example.com` }),
    });
    expect(JSON.stringify(emulator.emulator.outbox)).toContain(SECRET);
    pages = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<body>a page</body>'));
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    browser = await launchChromium('--host-resolver-rules=MAP *.example 127.0.0.1');
  });

  afterAll(async () => {
    await browser?.close();
    pages?.close();
    await emulator?.close();
  });

  // the emulator by its own name, and by one of the stranger's that leads to this machine
  it.each(['localhost', 'rebound.example'])('reads nothing that belongs to this machine at %s', async (host) => {
    const page = await pageAt('elsewhere.example');
    for (const path of ['/emulator/outbox', '/emulator/state', '/emulator/requests', '/playground']) {
      const told = await page.evaluate(readEveryWay, at(path, host));
      const text = JSON.stringify(told);
      expect(text, path).not.toMatch(new RegExp(`${SECRET}|MASTER_KEY`));
    }
    const own = await pageAt('rebound.example');
    expect(JSON.stringify(await own.evaluate(readEveryWay, at('/emulator/outbox', host)))).not.toContain(SECRET);
  });

  it('reads nothing from a sandbox either, whose origin is null', async () => {
    const page = await pageAt('localhost');
    const heard = page.evaluate(
      (url) =>
        new Promise((resolve) => {
          addEventListener('message', ({ data }) => resolve(data));
          const frame = document.createElement('iframe');
          frame.setAttribute('sandbox', 'allow-scripts');
          frame.srcdoc = `<script>fetch(${JSON.stringify(url)}).then((answer) => answer.text(), () => 'refused').then((text) => parent.postMessage(text, '*'))</script>`;
          document.body.append(frame);
        }),
      at('/emulator/outbox'),
    );
    expect(await heard).toBe('refused');
  });

  it('changes nothing', async () => {
    const page = await pageAt('elsewhere.example');
    const before = JSON.stringify(emulator.emulator.snapshot());
    for (const path of [
      '/emulator/reset',
      '/emulator/seed',
      '/emulator/state',
      '/emulator/clock',
      '/emulator/outbox',
      '/emulator/faults',
    ]) {
      await page.evaluate(changeEveryWay, [
        at(path),
        '{"hours":1,"_User":[{"username":"planted","password":"x"}]}',
      ] as const);
    }
    expect(JSON.stringify(emulator.emulator.snapshot())).toBe(before);
    expect(emulator.emulator.outbox).not.toEqual([]);
    expect(emulator.emulator.faults.list()).toEqual([]);
  });

  it('gets nowhere with the default master key', async () => {
    const page = await pageAt('elsewhere.example');
    for (const [way, text] of Object.entries(await page.evaluate(useMasterKey, at(''))))
      expect(text, way).toBe(way === 'basic' ? 'refused' : '{"error":"unauthorized"}'); // CORS lets no such header through
  });

  it('uploads no page of the origin of the emulator', async () => {
    const page = await pageAt('elsewhere.example');
    const answers = await page.evaluate(uploadPages, at(''));
    expect(answers.filter(([, status]) => status !== 400)).toEqual([]);
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Master-Key': 'MASTER_KEY' };
    const body = '<!DOCTYPE html><title>harmless</title><script>document.title = "ran"</script>';
    const { url } = await (
      await fetch(at('/parse/files/a.html', '127.0.0.1'), { method: 'POST', headers, body })
    ).json();
    const opened = await browser.newPage();
    await opened.goto(url);
    expect(await opened.title()).toBe('harmless'); // shown, but in a sandbox: its script did not run
  });

  it('is no page of this machine, which may do all of it, at whatever port', async () => {
    const page = await pageAt('localhost');
    expect(JSON.stringify(await page.evaluate(readEveryWay, at('/emulator/outbox')))).toContain(SECRET);
    expect(JSON.stringify(await page.evaluate(readEveryWay, at('/emulator/outbox', '127.0.0.1')))).toContain(SECRET);
    for (const [way, text] of Object.entries(await page.evaluate(useMasterKey, at(''))))
      expect(text, way).toContain(way === 'basic' ? 'refused' : SECRET);
  });
});
