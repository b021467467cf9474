import { describe, expect, it } from 'vitest';
import type { CloudFunction } from '../../src/options/table.ts';
import { type Asker, createClient, refusal } from '../support/graphql-client.ts';

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
    ['an error with a code', () => Promise.reject(Object.assign(new Error('no luck'), { code: 999 })), 999, 'no luck'],
    ['nothing that says what it is', () => Promise.reject(null), 141, 'Script failed. Unknown error.'],
  ])('that throws %s is refused with it', async (_, run, code, message) => {
    expect(refusal(await call({ run }))).toEqual([code, message]);
  });

  it('of a function that is not there is a validation error', async () => {
    const client = createClient({ functions: { run: () => 1 } });
    expect((await client.ask('mutation { callCloudCode(input: { functionName: walk }) { result } }')).status).toBe(400);
  });
});
