import { afterEach, expect, it, vi } from 'vitest';
import { createEmulator } from '../../../src/index.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const ask = async (emulator: ReturnType<typeof createEmulator>, query: string): Promise<unknown> => {
  const response = await emulator.fetch(
    new Request('http://localhost:1337/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Parse-Application-Id': 'APPLICATION_ID' },
      body: JSON.stringify({ query }),
    }),
  );
  return response.json();
};

it('a class that meets the name of a type is told once, and served as Object', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const emulator = createEmulator({
    schema: {
      definitions: [
        {
          className: 'PublicACL',
          fields: { title: { type: 'String' } },
          classLevelPermissions: {
            create: { '*': true },
            get: { '*': true },
            find: { '*': true },
            count: { '*': true },
          },
        },
      ],
    },
  });
  const create = 'mutation { createPublicACL(input: { fields: { title: "one" } }) { publicACL } }';
  expect(await ask(emulator, create)).toMatchObject({
    data: { createPublicACL: { publicACL: { title: 'one' } } },
  });
  const find = '{ publicACLS(where: { title: { equalTo: "one" } }) { count edges { node } } }';
  expect(await ask(emulator, find)).toMatchObject({
    data: { publicACLS: { count: 1, edges: [{ node: { title: 'one' } }] } },
  });
  const told = warn.mock.calls.map(([message]) => String(message)).filter((message) => message.includes('PublicACL'));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain(
    'The class PublicACL goes without some of its names in GraphQL, since they are taken: type PublicACL',
  );
  await emulator.close();
});
