import { expect, it } from 'vitest';
import { type Client, createClient, refusal } from '../support/graphql-client.ts';

const update = (client: Client, paramName: string, value: string, isMasterKeyOnly = false) =>
  client.ask(
    'mutation ($input: UpdateCloudConfigInput!) { updateCloudConfig(input: $input) { cloudConfig { value isMasterKeyOnly } } }',
    { input: { paramName, value, isMasterKeyOnly } },
    'master',
  );

const read = (client: Client, paramName: string, asker: 'nobody' | 'master') =>
  client.ask(
    'query ($paramName: String!) { cloudConfig(paramName: $paramName) { value isMasterKeyOnly } }',
    { paramName },
    asker,
  );

const readOverRest = async (client: Client, headers: { [name: string]: string } = {}): Promise<unknown> => {
  const keys = { 'X-Parse-Application-Id': 'APPLICATION_ID', ...headers };
  return (await client.emulator.fetch(new Request('http://localhost:1337/parse/config', { headers: keys }))).json();
};

it('a parameter is written by the master key, and read by it', async () => {
  const client = createClient();
  const written = { value: 'blue', isMasterKeyOnly: false };
  expect((await update(client, 'colour', 'blue')).data).toEqual({ updateCloudConfig: { cloudConfig: written } });
  expect((await read(client, 'colour', 'master')).data).toEqual({ cloudConfig: written });
  expect((await read(client, 'nothing', 'master')).data).toEqual({
    cloudConfig: { value: null, isMasterKeyOnly: null },
  });
});

it('GraphQL shows parameters to the master key alone, REST those that are not for it alone to anybody', async () => {
  const client = createClient();
  await update(client, 'colour', 'blue');
  await update(client, 'secret', 'x', true);
  expect(refusal(await read(client, 'colour', 'nobody'))).toEqual([119, 'Permission denied']);
  expect(await readOverRest(client)).toMatchObject({ params: { colour: 'blue' } });
  expect(JSON.stringify(await readOverRest(client))).not.toContain('secret');
  expect(await readOverRest(client, { 'X-Parse-Master-Key': 'MASTER_KEY' })).toMatchObject({
    params: { colour: 'blue', secret: 'x' },
  });
});

it('nobody else writes one', async () => {
  const client = createClient();
  const query = 'mutation { updateCloudConfig(input: { paramName: "a", value: "b" }) { cloudConfig { value } } }';
  expect(refusal(await client.ask(query))).toEqual([119, 'Permission denied']);
  expect(client.emulator.snapshot()['_GlobalConfig']).toBeUndefined();
});

it('operations on parameters are carried out, also inside of objects', async () => {
  const client = createClient();
  const put = async (params: object): Promise<unknown> => {
    const headers = {
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'X-Parse-Master-Key': 'MASTER_KEY',
      'Content-Type': 'application/json',
    };
    const request = { method: 'PUT', headers, body: JSON.stringify({ params }) };
    return (await client.emulator.fetch(new Request('http://localhost:1337/parse/config', request))).json();
  };
  await put({ count: 5, list: [1, 2], deep: { in: 1 } });
  expect(await put({ count: { __op: 'Increment', amount: 2 }, list: { __op: 'AddUnique', objects: [2, 3] } })).toEqual({
    result: true,
  });
  await put({ 'deep.er': 2 });
  expect(await readOverRest(client, { 'X-Parse-Master-Key': 'MASTER_KEY' })).toMatchObject({
    params: { count: 7, list: [1, 2, 3], deep: { in: 1, er: 2 } },
  });
  expect(await put({ count: { __op: 'Increment', amount: 'x' } })).toMatchObject({ code: 107 });
  expect(await put({ list: { __op: 'Increment', amount: 1 } })).toMatchObject({ code: 141 });
  expect(await put({ constructor: 1 })).toMatchObject({ code: 105 });
  expect(await readOverRest(client)).toMatchObject({ params: { count: 7, list: [1, 2, 3] } });
});
