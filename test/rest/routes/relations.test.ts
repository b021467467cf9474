import { expect, it } from 'vitest';
import { createClient, MASTER } from '../../support/rest-client.ts';

it('null is no member of a relation, not of an empty one either', async () => {
  const { call, emulator } = createClient();
  const { body: fan } = await call('POST', '/classes/Fan', {}, MASTER);
  const member = { __type: 'Pointer', className: 'Fan', objectId: (fan as { objectId: string }).objectId };
  await call('POST', '/classes/Cake', { fans: { __op: 'AddRelation', objects: [member] } }, MASTER);
  await call('POST', '/classes/Cake', {}, MASTER);
  const count = async (where: object): Promise<unknown> => {
    const { body } = await call('POST', '/classes/Cake', { where, limit: 0, count: 1, _method: 'GET' }, MASTER);
    return (body as { count: unknown }).count;
  };
  expect(await count({ fans: member })).toBe(1);
  expect(await count({ fans: null })).toBe(0);
  expect(await count({ fans: { $eq: null } })).toBe(0);
  expect(await count({ fans: { $ne: member } })).toBe(1);
  await emulator.close();
});
