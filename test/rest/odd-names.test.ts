import { afterEach, describe, expect, it } from 'vitest';
import { countCalls, growthOf } from '../support/count-calls.ts';
import { createClient, MASTER } from '../support/rest-client.ts';

const { call, emulator } = createClient();
afterEach(() => emulator.reset());

describe('a class named like something that every object has', () => {
  it.each(['constructor', 'hasOwnProperty', 'toString', 'valueOf', 'isPrototypeOf'])(
    'is like any other: %s',
    async (name) => {
      expect(await call('GET', `/classes/${name}`, undefined, MASTER)).toMatchObject({
        status: 200,
        body: { results: [] },
      });
      const { status, body } = await call('POST', `/classes/${name}`, { level: 1 });
      expect(status).toBe(201);
      expect((await call('GET', `/classes/${name}?where={"level":1}`)).body).toMatchObject({ results: [body] });
      const kept = emulator.snapshot();
      await emulator.restore(kept);
      expect(emulator.snapshot()).toEqual(kept);
    },
  );
});

describe('a field named like something that every object has', () => {
  it('has no value until it is given one', async () => {
    const fields = { toString: { type: 'String' }, valueOf: { type: 'String', defaultValue: 'plain' } };
    await call('POST', '/schemas/Note', { className: 'Note', fields }, MASTER);
    expect(await call('POST', '/classes/Note', {})).toMatchObject({ status: 201, body: { valueOf: 'plain' } });
    const request = new Request('http://localhost:1337/graphql', {
      method: 'POST',
      headers: { ...MASTER, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: '{ notes { edges { node { toString valueOf } } } }' }),
    });
    expect(await (await emulator.fetch(request)).json()).toEqual({
      data: { notes: { edges: [{ node: { toString: null, valueOf: 'plain' } }] } },
    });
  });
});

describe('many new objects at once', () => {
  const create = (className: string, level: number): object => ({
    method: 'POST',
    path: `/parse/classes/${className}`,
    body: { level },
  });

  it('do not make a new class again and again, nor a large one beside it', async () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`field${i}`, i]));
    await call('POST', '/classes/Wide', wide, MASTER);
    let rounds = 0;
    const run = async (size: number): Promise<void> => {
      const className = `Note${rounds++}`;
      const requests = Array.from({ length: size }, (_, level) => create(className, level));
      expect(await call('POST', '/batch', { requests })).toMatchObject({ status: 200 });
      expect(emulator.snapshot()[className]).toHaveLength(size);
    };
    expect(await growthOf(run, 500)).toBeLessThan(2.5);
    expect(await countCalls(() => run(500))).toBeLessThan(500 * 2000); // beside 5000 fields, none of which is this class's
  });
});
