import { expect, it } from 'vitest';
import { type JsonObject, type ParseRecord, toPointer } from '../../../src/parse/record.ts';
import { compileOrder } from '../../../src/parse/where/order.ts';
import { compileWhere } from '../../../src/parse/where/where.ts';
import { growthOf } from '../../support/count-calls.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');

const users = Array.from({ length: 10_000 }, (_, i) => ({
  objectId: `id${i}`,
  createdAt: new Date(1_700_000_000_000 + ((i * 7919) % 10_000) * 60_000).toISOString(),
  updatedAt: '2026-01-01T00:00:00.000Z',
  username: `user${(i * 7919) % 10_000}`,
  email: `user${i}@example.com`,
  age: i % 90,
})) as unknown as ParseRecord[];

const pointers = (count: number) => Array.from({ length: count }, (_, i) => toPointer('_User', `id${i}`));

const find = (count: number, where: JsonObject, order: string[]): ParseRecord[] =>
  compileOrder(order, where)?.(users.slice(0, count).filter(compileWhere(where, undefined, NOW))) ?? [];

it.each<[string, JsonObject, string[]]>([
  ['by text', { username: { $gte: 'user5' } }, ['-username']],
  ['by moment', { createdAt: { $gt: { __type: 'Date', iso: '2023-11-16T00:00:00.000Z' } } }, ['createdAt']],
  ['by pattern', { email: { $regex: '[02468]@example', $options: 'i' } }, ['age', 'username']],
  [
    'by several conditions',
    { $or: [{ age: { $lt: 20 } }, { username: { $in: ['user1', 'user2'] } }] },
    ['age', '-createdAt'],
  ],
])('finding and ordering users %s takes work in proportion to them', async (_, where, order) => {
  expect(find(10_000, where, order).length).toBeGreaterThan(1000);
  expect(await growthOf((size) => find(size, where, order), 10_000)).toBeLessThan(2.5);
});

it('a list of thousands in a condition is looked through once, not for each user', async () => {
  const run = (size: number): void => {
    const listed = pointers(size);
    const where = { friend: { $nin: listed }, username: { $nin: listed.map(({ objectId }) => objectId) } };
    expect(find(10_000, where, ['username'])).toHaveLength(10_000);
  };
  expect(await growthOf(run, 5000)).toBeLessThan(1.7); // users and list one after the other, not one times the other
});
