import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/operations/context.ts';
import { resolveOptions } from '../../src/options/check.ts';
import { ParseError } from '../../src/parse/error.ts';
import type { Json } from '../../src/parse/record.ts';
import { batchRoute } from '../../src/rest/batch.ts';
import { masterOnly, toErrorResponse } from '../../src/rest/errors.ts';
import { ok, type RestCall, type RestResponse, type RestRoute } from '../../src/rest/message.ts';
import { createRouter } from '../../src/rest/router.ts';
import { turns } from '../support/eventually.ts';

const ran: string[] = [];

const ROWS: readonly RestRoute[] = [
  { method: 'GET', path: '/echo/:name', run: ({ named, fields }) => ok({ name: named.name, fields }) },
  {
    method: 'POST',
    path: '/slow/:name',
    run: async ({ named }) => {
      await turns(Number(named.name));
      ran.push(named.name);
      return ok({});
    },
  },
  {
    method: 'GET',
    path: '/fail',
    run: () => {
      throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
    },
  },
  {
    method: 'GET',
    path: '/crash',
    run: () => {
      throw new TypeError('a secret');
    },
  },
  { method: 'GET', path: '/secret', run: masterOnly(() => ok({})) },
];

const logged: string[] = [];
const context = {
  auth: { isMaster: false },
  options: resolveOptions({ publicServerURL: 'https://api.example.com/1/' }),
  log: (_level: string, message: string) => logged.push(message),
} as unknown as Context;

const route = batchRoute(createRouter(ROWS), async ({ route: { run }, named }, call, inner) => {
  try {
    return await run({ ...call, named }, inner);
  } catch (error) {
    return toErrorResponse(error, inner);
  }
});

const batch = async (requests?: Json): Promise<RestResponse> => {
  const fields = requests === undefined ? {} : { requests };
  const call: RestCall = {
    method: 'POST',
    path: '/batch',
    query: {},
    headers: {},
    body: fields,
    fields,
    named: { className: '', objectId: '', name: '' },
  };
  return await route.run(call, context);
};

describe('POST /batch', () => {
  it('answers each call by its place', async () => {
    const { body } = await batch([
      { method: 'GET', path: '/parse/echo/a', body: { one: 1 } },
      { method: 'GET', path: '/parse/fail' },
      { method: 'GET', path: '/parse/echo/b', body: 'no object' },
    ]);
    expect(body).toEqual([
      { success: { name: 'a', fields: { one: 1 } } },
      { error: { code: 101, error: 'Object not found.' } },
      { success: { name: 'b', fields: {} } },
    ]);
  });

  it('runs its calls side by side', async () => {
    ran.length = 0;
    await batch([
      { method: 'POST', path: '/parse/slow/20' },
      { method: 'POST', path: '/parse/slow/5' },
    ]);
    expect(ran).toEqual(['5', '20']);
  });

  it('knows the mount path by the public address, too', async () => {
    expect((await batch([{ method: 'GET', path: '/1/echo/a' }])).body).toMatchObject([{ success: { name: 'a' } }]);
  });

  it('gives the refusal of a master-only row without a code', async () => {
    expect((await batch([{ method: 'GET', path: '/parse/secret' }])).body).toEqual([
      { error: { error: 'Permission denied' } },
    ]);
  });

  it('shows nothing of a crash, and logs it', async () => {
    const { body } = await batch([{ method: 'GET', path: '/parse/crash' }]);
    expect(body).toEqual([{ error: { code: 1, error: 'Internal server error.' } }]);
    expect(logged).toEqual(['Uncaught internal server error']);
  });

  it('may be empty', async () => {
    expect((await batch([])).body).toEqual([]);
  });

  it.each<[string, Json | undefined, string]>([
    ['no list', undefined, 'requests must be an array'],
    ['an object', { 0: {} }, 'requests must be an array'],
    ['a list of null', [null], 'batch request path must be a string'],
    ['a call without a path', [{ method: 'GET' }], 'batch request path must be a string'],
    ['a path that is a list', [{ method: 'GET', path: ['/parse/echo/a'] }], 'batch request path must be a string'],
    ['a path outside of the mount path', [{ method: 'GET', path: '/echo/a' }], 'cannot route batch path /echo/a'],
    [
      'a path of a like beginning',
      [{ method: 'GET', path: '/parser/echo/a' }],
      'cannot route batch path /parser/echo/a',
    ],
    ['an unknown path', [{ method: 'GET', path: '/parse/nowhere' }], 'cannot route GET /nowhere'],
    ['a wrong method', [{ method: 'PUT', path: '/parse/echo/a' }], 'cannot route PUT /echo/a'],
    ['a method in small letters', [{ method: 'get', path: '/parse/echo/a' }], 'cannot route get /echo/a'],
    ['no method', [{ path: '/parse/echo/a' }], 'cannot route undefined /echo/a'],
    [
      'a batch in a batch',
      [{ method: 'POST', path: '/parse/batch', body: { requests: [] } }],
      'nested batch requests are not allowed',
    ],
  ])('refuses %s as a whole', async (_what, requests, message) => {
    await expect(batch(requests)).rejects.toThrow(new ParseError('INVALID_JSON', message));
  });
});
