import { describe, expect, it } from 'vitest';
import { PAGES, type PageName, renderPage } from '../../../src/http/routes/page-views.ts';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const HTML = '<script>alert("x")</script>&\'';
const ESCAPED = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;';

const NAMES = Object.keys(PAGES) as PageName[];

describe('a page', () => {
  it.each(NAMES)('%s shows nothing of its parameters as HTML', (name) => {
    const parameters = { appId: HTML, appName: HTML, publicServerUrl: HTML, token: HTML, username: HTML, error: HTML };
    const html = renderPage(name, parameters);
    expect(html).not.toContain('<script');
    expect(html).toContain(ESCAPED);
  });

  it('shows a name and a message as they are', async () => {
    const { handle, options } = createEmulator({ appName: HTML });
    const url = `/parse/apps/password_reset.html?token=${encodeURIComponent(HTML)}&error=${encodeURIComponent(HTML)}`;
    const { body } = await handle({ method: 'GET', url, headers: {}, body: '' });
    expect(options.appName).toBe(HTML);
    expect(String(body).split(ESCAPED)).toHaveLength(4);
    expect(body).not.toContain('<script');
  });

  it('sends its form to the emulator, whatever its address says', async () => {
    const { handle } = createEmulator();
    const url = '/parse/apps/password_reset.html?token=x&publicServerUrl=https://evil.example&appId=../..';
    const { body } = await handle({ method: 'GET', url, headers: {}, body: '' });
    expect(body).toContain('action="http://localhost:1337/parse/apps/APPLICATION_ID/request_password_reset"');
    expect(body).not.toContain('evil.example');
  });

  it('runs no script, is shown in no frame, and is not told of to other sites', async () => {
    const { handle } = createEmulator();
    const url = '/parse/apps/APPLICATION_ID/verify_email?token=x';
    const { headers } = await handle({ method: 'GET', url, headers: {}, body: '' });
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
});

type Visit = { readonly method?: string; readonly path: string; readonly form?: string; readonly headers?: object };

const visit = async (options: EmulatorOptions, { method = 'GET', path, form, headers }: Visit) => {
  const { handle } = createEmulator(options);
  const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return handle({ method, url: `/parse/apps${path}`, headers: { ...type, ...headers }, body: form ?? '' });
};

const APPLICATION =
  'appId=APPLICATION_ID&appName=parse-users-emulator&publicServerUrl=http%3A%2F%2Flocalhost%3A1337%2Fparse';

describe('a link', () => {
  it('leads on to the page of its outcome with pages.forceRedirect', async () => {
    const path = '/APPLICATION_ID/verify_email?token=x';
    const { status, headers } = await visit({ pages: { forceRedirect: true } }, { path });
    expect([status, headers['location']]).toEqual([
      303,
      `http://localhost:1337/parse/apps/email_verification_link_invalid.html?${APPLICATION}`,
    ]);
  });

  it.each([
    ['https://app.example/sorry', `https://app.example/sorry?${APPLICATION}`],
    ['https://app.example/?page=sorry', `https://app.example/?page=sorry&${APPLICATION}`],
    ['https://app.example/#/sorry', `https://app.example/?${APPLICATION}#/sorry`],
    ['/sorry', `/sorry?${APPLICATION}`],
  ])('leads on to the application with pages.customUrls: %s', async (address, location) => {
    const pages = { customUrls: { emailVerificationLinkInvalid: address } };
    const { status, headers } = await visit({ pages }, { path: '/APPLICATION_ID/verify_email?token=x' });
    expect([status, headers['location']]).toEqual([303, location]);
  });

  it.each([
    ['its address', { path: '/APPLICATION_ID/verify_email?locale=de-AT' }],
    ['a header', { path: '/APPLICATION_ID/verify_email', headers: { 'x-parse-page-param-locale': 'de-AT' } }],
    ['a form', { method: 'POST', path: '/APPLICATION_ID/resend_verification_email', form: 'locale=de-AT' }],
  ])('passes a locale on that %s names', async (_, request) => {
    const { headers } = await visit({ pages: { forceRedirect: true } }, request);
    expect(headers['location']).toMatch(/&locale=de-AT$/);
    expect(headers['x-parse-page-param-locale']).toBe('de-AT');
  });

  it('puts what a page is to show into headers of one line', async () => {
    const { headers } = await visit({ appName: 'Größe\r\nX: y' }, { path: '/APPLICATION_ID/verify_email' });
    expect(headers['x-parse-page-param-appname']).toBe('Gr%C3%B6%C3%9Fe%0D%0AX: y');
  });

  it.each([
    ['GET', '/OTHER/verify_email', 403],
    ['GET', '/APPLICATION_ID/VERIFY_EMAIL', 200],
    ['HEAD', '/APPLICATION_ID/verify_email', 200],
    ['GET', '/APPLICATION_ID/nothing', 404],
    ['GET', '/nothing.html', 404],
    ['GET', '/__proto__', 404],
    ['GET', '/%', 404],
    ['GET', '', 403],
    ['POST', '/APPLICATION_ID/verify_email', 403],
    ['DELETE', '/APPLICATION_ID/request_password_reset', 403],
  ])('%s %s answers %i', async (method, path, expected) => {
    expect((await visit({}, { method, path })).status).toBe(expected);
  });
});

describe('the form for a new password', () => {
  const post = (form: string, headers = {}) =>
    visit({}, { method: 'POST', path: '/APPLICATION_ID/request_password_reset', form, headers });
  const script = { 'x-requested-with': 'XMLHttpRequest' };

  it.each([
    ['', { code: -1, error: 'Missing token' }],
    ['token=x', { code: 201, error: 'Missing password' }],
    ['token=x&new_password=y', { code: -1, error: 'Failed to reset password: username / email / token is invalid' }],
  ])('sent by a script as %j, answers in JSON', async (form, expected) => {
    const { status, body } = await post(form, script);
    expect([status, JSON.parse(String(body))]).toEqual([400, expected]);
  });

  it.each(['', 'token=x', 'new_password=y', 'token=x&new_password=', 'token[]=x&new_password=y'])(
    'sent by a person as %j, leads to the page of a bad link',
    async (form) => {
      const { status, headers } = await post(form);
      expect([status, headers['location']]).toEqual([
        303,
        `http://localhost:1337/parse/apps/password_reset_link_invalid.html?${APPLICATION}`,
      ]);
    },
  );

  it('of a token of nobody says so, and keeps the token for another try', async () => {
    const { status, headers, body } = await post('token=%3Cb%3E&new_password=y');
    expect(status).toBe(200);
    expect(headers['x-parse-page-param-error']).toBe('Failed to reset password: username / email / token is invalid');
    expect(body).toContain('value="&lt;b&gt;"');
  });
});

describe('choose_password', () => {
  const visit = async (search: string, options: EmulatorOptions = {}) => {
    const { handle } = createEmulator(options);
    return handle({ method: 'GET', url: `/parse/apps/choose_password${search}`, headers: {}, body: '' });
  };

  it.each(['', '?appId=ANOTHER', '?token=x'])('knows no application for %j', async (search) => {
    expect(await visit(search)).toMatchObject({ status: 403, body: '{"error":"unauthorized"}' });
  });

  it('shows the form for the token of its address, good or not', async () => {
    const { status, headers, body } = await visit('?appId=APPLICATION_ID&token=x&username=jane');
    expect({ status, body: String(body) }).toEqual({ status: 200, body: expect.stringContaining('value="x"') });
    expect(headers).toMatchObject({ 'x-parse-page-param-token': 'x', 'x-parse-page-param-username': 'jane' });
  });

  it.each(['../de', 'german', 'd', 'de_AT'])('knows no language %j', async (locale) => {
    const { headers } = await visit(`?appId=APPLICATION_ID&locale=${locale}`);
    expect(headers).not.toHaveProperty('x-parse-page-param-locale');
  });

  it('percent-encodes the headers with encodePageParamHeaders', async () => {
    const pages = { encodePageParamHeaders: true };
    const { headers } = await visit('?appId=APPLICATION_ID&token=a%20b%26', { pages });
    expect(headers['x-parse-page-param-token']).toBe('a%20b%26');
  });
});
