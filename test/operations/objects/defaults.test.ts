import { expect, it } from 'vitest';
import { createClient, MASTER } from '../../support/rest-client.ts';

it('a polygon that is a default value comes back closed', async () => {
  const { call, emulator } = createClient();
  const open = [
    [0, 0],
    [0, 1],
    [1, 1],
  ];
  const area = { type: 'Polygon', defaultValue: { __type: 'Polygon', coordinates: open } };
  await call('POST', '/schemas/Place', { className: 'Place', fields: { area } }, MASTER);
  const { body } = await call('POST', '/classes/Place', {}, MASTER);
  const closed = { __type: 'Polygon', coordinates: [...open, [0, 0]] };
  expect(body).toMatchObject({ area: closed });
  const { objectId } = body as { objectId: string };
  expect((await call('GET', `/classes/Place/${objectId}`, undefined, MASTER)).body).toMatchObject({ area: closed });
  await emulator.close();
});

it('objectIdSize says how long the ids of new objects are', async () => {
  const { call, emulator } = createClient({ objectIdSize: 24 });
  const { body } = await call('POST', '/classes/Place', {}, MASTER);
  expect(body).toMatchObject({ objectId: expect.stringMatching(/^[A-Za-z0-9]{24}$/) });
  const { body: user } = await call('POST', '/users', { username: 'ann', password: 'annspass' });
  expect(user).toMatchObject({ objectId: expect.stringMatching(/^[A-Za-z0-9]{24}$/) });
  await emulator.close();
});
