import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../src/http/wire/message.ts';
import { createFakeApp, jsonOf, openSession, post } from '../support/fake-app.ts';

const WHOAMI = { query: '{ whoami }' };
const basic = (credentials: string) => ({ authorization: `Basic ${btoa(credentials)}` });
const WITHOUT_ID = { 'x-parse-application-id': undefined };

const { handle, parts } = createFakeApp();
const sessionToken = openSession(parts);

/** The status, and who asked or why not. */
const ask = async (headers: HttpRequest['headers'], handler = handle) => {
  const answer = await handler(post(WHOAMI, headers));
  const { data } = jsonOf(answer) as { data?: { whoami: string } };
  return answer.status === 200 && data ? JSON.parse(data.whoami) : [answer.status, jsonOf(answer)];
};

describe('the application id', () => {
  it.each([
    [WITHOUT_ID],
    [{ 'x-parse-application-id': '' }],
    [{ 'x-parse-application-id': 'application_id' }],
    [{ 'x-parse-application-id': 'ANOTHER', 'x-parse-master-key': 'MASTER_KEY' }],
    [{ ...WITHOUT_ID, ...basic('ANOTHER:MASTER_KEY') }],
    [{ ...WITHOUT_ID, ...basic('APPLICATION_ID') }],
    [{ ...WITHOUT_ID, ...basic('APPLICATION_ID:MASTER_KEY:more') }],
    [{ ...WITHOUT_ID, authorization: 'Basic !!!' }],
    [{ ...WITHOUT_ID, authorization: 'Bearer APPLICATION_ID' }],
  ])('%j is unauthorized', async (headers) => {
    const answer = await handle(post(WHOAMI, headers));
    expect(answer).toMatchObject({ status: 403, body: '{"error":"unauthorized"}' });
    expect(answer.headers).not.toHaveProperty('content-type');
  });

  it('is looked at before token, body and method', async () => {
    const answer = await handle({
      ...post('{ not JSON', { ...WITHOUT_ID, 'x-parse-session-token': 'r:dead' }),
      method: 'PUT',
    });
    expect(answer.status).toBe(403);
  });

  it('comes by basic authentication, too', async () => {
    expect(await ask({ ...WITHOUT_ID, ...basic('APPLICATION_ID:') })).toEqual({ isMaster: false });
    expect(await ask({ ...WITHOUT_ID, authorization: `bASIC ${btoa('APPLICATION_ID:MASTER_KEY')}` })).toEqual({
      isMaster: true,
    });
  });
});

describe('the master key', () => {
  it('makes a master', async () => {
    expect(await ask({ 'x-parse-master-key': 'MASTER_KEY' })).toEqual({ isMaster: true });
  });

  it.each(['WRONG', '', 'MASTER_KEY ', 'MASTER_KE', 'master_key', 'MASTER_KEYMASTER_KEY'])(
    '%j is as good as none',
    async (key) => {
      expect(await ask({ 'x-parse-master-key': key })).toEqual({ isMaster: false });
    },
  );
});

describe('a session token', () => {
  it('tells who asks', async () => {
    expect(await ask({ 'x-parse-session-token': sessionToken, 'x-parse-installation-id': 'phone' })).toMatchObject({
      isMaster: false,
      sessionToken,
      installationId: 'phone',
      user: { username: 'user0' },
    });
  });

  it('that is empty is none', async () => {
    expect(await ask({ 'x-parse-session-token': '' })).toEqual({ isMaster: false });
  });

  it('that is dead is refused before all but the application id, unless the master key comes with it', async () => {
    const dead = { 'x-parse-session-token': 'r:0123456789abcdef0123456789abcdef' };
    const refusal = { code: 209, error: 'Invalid session token' };
    expect(await ask(dead)).toEqual([400, refusal]);
    expect(jsonOf(await handle(post('{ not JSON', dead)))).toEqual(refusal);
    expect(jsonOf(await handle({ ...post('', dead), method: 'PUT' }))).toEqual(refusal);
    expect(await ask({ ...dead, 'x-parse-master-key': 'MASTER_KEY' })).toMatchObject({ isMaster: true });
  });

  it('that is expired says so', async () => {
    const expired = openSession(parts, -1);
    expect(await ask({ 'x-parse-session-token': expired })).toEqual([
      400,
      { code: 209, error: 'Session token is expired.' },
    ]);
  });
});

describe('client keys', () => {
  const { handle: locked } = createFakeApp({ javascriptKey: 'JS', restAPIKey: 'REST' });
  const refusal = [403, { error: 'unauthorized' }];

  it.each([
    [{}, refusal],
    [{ 'x-parse-javascript-key': 'WRONG' }, refusal],
    [{ 'x-parse-rest-api-key': 'JS' }, refusal],
    [{ 'x-parse-client-key': 'JS' }, refusal],
    [{ 'x-parse-javascript-key': 'JS' }, { isMaster: false }],
    [{ 'x-parse-rest-api-key': 'REST', 'x-parse-javascript-key': 'WRONG' }, { isMaster: false }],
    [basic('APPLICATION_ID:javascript-key=JS'), { isMaster: false }],
    [{ 'x-parse-master-key': 'MASTER_KEY' }, { isMaster: true }],
  ])('of which two are set: %j', async (headers, expected) => {
    expect(await ask(headers, locked)).toEqual(expected);
  });

  it('are ignored where none is set', async () => {
    expect(await ask({ 'x-parse-javascript-key': 'anything' })).toEqual({ isMaster: false });
  });
});

describe('X-Parse-Cloud-Context', () => {
  it.each([
    ['{"from":"test"}', { isMaster: false }],
    ['rubbish', [400, { code: 107, error: 'Invalid object for context.' }]],
    ['[1]', [400, { code: 107, error: 'Invalid object for context.' }]],
    ['null', [400, { code: 107, error: 'Invalid object for context.' }]],
    ['', [400, { code: 107, error: 'Invalid object for context.' }]],
  ])('%j', async (context, expected) => {
    expect(await ask({ 'x-parse-cloud-context': context })).toEqual(expected);
  });
});
