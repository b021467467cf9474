import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createClient, MASTER } from '../../support/rest-client.ts';

const { emulator, call } = createClient();

afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const ask = async (method: string, path: string, body?: unknown) => {
  const answer = await call(method, path, body, MASTER);
  return [answer.status, answer.body];
};

const FUNCTION = { functionName: 'hello', url: 'http://localhost/hello' };
const TRIGGER = { className: 'Todo', triggerName: 'beforeSave', url: 'http://localhost/todo' };

describe.each([
  ['functions', FUNCTION, '/hello', 'function name: hello already exists', 'no function named: hello is defined'],
  ['triggers', TRIGGER, '/Todo/beforeSave', 'class Todo already has trigger beforeSave', 'class Todo does not exist'],
])('/hooks/%s', (kind, hook, name, taken, unknown) => {
  it('keeps what the master key declares, changes it, and takes it away', async () => {
    expect(await ask('POST', `/hooks/${kind}`, { ...hook, more: 1 })).toEqual([200, hook]);
    expect(await ask('POST', `/hooks/${kind}`, hook)).toEqual([400, { code: 143, error: taken }]);
    expect(await ask('GET', `/hooks/${kind}`)).toEqual([200, [hook]]);
    expect(await ask('PUT', `/hooks/${kind}${name}`, { url: 'http://localhost/other' })).toEqual([
      200,
      { ...hook, url: 'http://localhost/other' },
    ]);
    expect(await ask('GET', `/hooks/${kind}${name}`)).toEqual([200, { ...hook, url: 'http://localhost/other' }]);
    expect(await ask('PUT', `/hooks/${kind}${name}`, { __op: 'Delete' })).toEqual([200, {}]);
    expect(await ask('GET', `/hooks/${kind}`)).toEqual([200, []]);
  });

  it('knows none that was not declared', async () => {
    expect(await ask('GET', `/hooks/${kind}${name}`)).toEqual([400, { code: 143, error: unknown }]);
    expect(await ask('PUT', `/hooks/${kind}${name}`, { url: hook.url })).toEqual([400, { code: 143, error: unknown }]);
    expect(await ask('PUT', `/hooks/${kind}${name}`, { __op: 'Delete' })).toEqual([
      404,
      { code: 101, error: 'Object not found.' },
    ]);
  });

  it('is for the master key', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['GET', name],
      ['PUT', name],
    ] as const) {
      const answer = await call(method, `/hooks/${kind}${path}`, method === 'GET' ? undefined : hook);
      expect(answer).toMatchObject({ status: 403, body: { error: 'Permission denied' } });
    }
  });
});

it.each([
  ['functions', {}],
  ['functions', { functionName: 'hello' }],
  ['triggers', { className: 'Todo', url: 'http://localhost/todo' }],
  ['triggers', { ...TRIGGER, triggerName: 'onSunday' }],
])('a hook of %s that says too little is refused: %j', async (kind, body) => {
  expect(await ask('POST', `/hooks/${kind}`, body)).toEqual([400, { code: 143, error: 'invalid hook declaration' }]);
});
