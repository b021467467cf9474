import Parse from 'parse/node';
import { describe, expect, it } from 'vitest';
import { createEmulator, ParseError } from '../../../src/index.ts';
import type { CloudFunction } from '../../../src/options/table.ts';
import { type Asker, createClient, refusal } from '../../support/graphql-client.ts';

const call = (functions: { [name: string]: CloudFunction }, params: object | null = null, asker: Asker = 'nobody') => {
  const client = createClient({ functions });
  const [name = ''] = Object.keys(functions);
  return client.ask(
    `mutation ($params: Object) { callCloudCode(input: { functionName: ${name}, params: $params }) { result } }`,
    { params: params as never },
    asker,
  );
};

describe('callCloudCode', () => {
  it.each<[string, CloudFunction, unknown]>([
    ['text', () => 'hello', 'hello'],
    ['an object', () => ({ a: [1] }), { a: [1] }],
    ['nothing', () => undefined, null],
    ['a promise', async () => 5, 5],
  ])('answers with %s', async (_, run, result) => {
    expect((await call({ run })).data).toEqual({ callCloudCode: { result } });
  });

  it('hands over what the client sent, and who asks', async () => {
    const run: CloudFunction = ({ params, master, user }) => ({ params, master, username: user?.['username'] });
    expect((await call({ run }, { a: 1 }, 'master')).data).toEqual({
      callCloudCode: { result: { params: { a: 1 }, master: true } },
    });
    const client = createClient({ functions: { run } });
    const ann = await client.signUp('ann');
    const { data } = await client.ask('mutation { callCloudCode(input: { functionName: run }) { result } }', {}, ann);
    expect(data).toEqual({ callCloudCode: { result: { params: {}, master: false, username: 'ann' } } });
  });

  it('hands over the headers, the name and the installation, by @resolve too', async () => {
    const run: CloudFunction = ({ headers, functionName, installationId }) =>
      [headers['x-test'], functionName, installationId].join();
    const client = createClient({ functions: { run }, typeDefs: 'extend type Query { run: String @resolve }' });
    const asker = { 'X-Test': 'a', 'X-Parse-Installation-Id': 'phone' };
    const call = 'mutation { callCloudCode(input: { functionName: run }) { result } }';
    expect((await client.ask(call, {}, asker)).data).toEqual({ callCloudCode: { result: 'a,run,phone' } });
    expect((await client.ask('{ run }', {}, asker)).data).toEqual({ run: 'a,run,phone' });
  });

  it.each<[string, CloudFunction, number, string]>([
    ['an error', () => Promise.reject(new Error('no luck')), 141, 'no luck'],
    ['text', () => Promise.reject('no luck'), 141, 'no luck'],
    ["an error of Parse's", () => Promise.reject(new ParseError(999, 'no luck')), 999, 'no luck'],
    ["an error of the SDK's", () => Promise.reject(new Parse.Error(999, 'no luck')), 999, 'no luck'],
    [
      'another error with a code',
      () => Promise.reject(Object.assign(new Error('no luck'), { code: 999 })),
      141,
      'no luck',
    ],
    ['an object with code and message', () => Promise.reject({ code: 999, message: 'no luck' }), 141, 'no luck'],
    ['nothing that says what it is', () => Promise.reject(null), 141, 'Script failed.'],
  ])('that throws %s is refused with it', async (_, run, code, message) => {
    expect(refusal(await call({ run }))).toEqual([code, message]);
  });

  it('of a function that is not there is a validation error', async () => {
    const client = createClient({ functions: { run: () => 1 } });
    expect((await client.ask('mutation { callCloudCode(input: { functionName: walk }) { result } }')).status).toBe(400);
  });
});

describe('a function over REST', () => {
  const ask = async (run: CloudFunction, params: object = {}, headers: { [name: string]: string } = {}) => {
    const emulator = createEmulator({ functions: { run } });
    const response = await emulator.fetch(
      new Request('http://localhost:1337/parse/functions/run', {
        method: 'POST',
        headers: { ...(await emulator.headersFor()), ...headers },
        body: JSON.stringify(params),
      }),
    );
    return { status: response.status, header: response.headers.get('x-answer'), body: await response.json() };
  };

  it('gets dates as dates, at any depth, and all else as it came', async () => {
    const date = { __type: 'Date', iso: '2030-01-01T00:00:00.000Z' };
    const point = { __type: 'GeoPoint', latitude: 1, longitude: 2 };
    const { body } = await ask(
      ({ params }) => {
        const { when, list, where } = params as { when: Date; list: { when: Date }[]; where: unknown };
        return [when.toISOString(), list[0]?.when instanceof Date, where];
      },
      { when: date, list: [{ when: date }], where: point },
    );
    expect(body).toEqual({ result: [date.iso, true, point] });
  });

  it('knows the address, the context and a log', async () => {
    const { body } = await ask(
      ({ ip, context, log }) => [ip, context, typeof log.info],
      {},
      {
        'X-Parse-Cloud-Context': '{"from":"here"}',
      },
    );
    expect(body).toEqual({ result: ['127.0.0.1', { from: 'here' }, 'function'] });
  });

  it.each<[string, CloudFunction, object]>([
    [
      'a status and a header',
      (_, response) => response.status(201).header('X-Answer', 'yes').success('made'),
      { status: 201, header: 'yes', body: { result: 'made' } },
    ],
    [
      'a refusal',
      (_, response) => response.error('not today'),
      { status: 400, header: null, body: { code: 141, error: 'not today' } },
    ],
    [
      'a number that it throws',
      () => Promise.reject(42),
      { status: 400, header: null, body: { code: 141, error: 42 } },
    ],
  ])('answers with %s', async (_, run, answer) => {
    expect(await ask(run)).toEqual(answer);
  });

  it('is refused with what it returns in circles, and the emulator goes on', async () => {
    const circle: { [name: string]: unknown } = {};
    circle['self'] = circle;
    expect(await ask(() => circle)).toMatchObject({ status: 400, body: { code: 141 } });
  });
});
