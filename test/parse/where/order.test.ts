import { describe, expect, it } from 'vitest';
import { type Json, type JsonObject, type ParseRecord, toPointer } from '../../../src/parse/record.ts';
import { compileOrder } from '../../../src/parse/where/order.ts';

const sorted = (order: string[], values: Json[], where: JsonObject = {}): Json[] => {
  const records = values.map((a, i) => ({ objectId: String(i), a }) as unknown as ParseRecord);
  return (compileOrder(order, where)?.(records) ?? records).map((record) => record['a'] ?? null);
};

const date = (iso: string): Json => ({ __type: 'Date', iso });
const place = (latitude: number): Json => ({ __type: 'GeoPoint', latitude, longitude: 0 });

describe('an order', () => {
  it.each<[string, string[], Json[], Json[]]>([
    ['numbers', ['a'], [10, 9, -1, 0.5], [-1, 0.5, 9, 10]],
    ['numbers, greatest first', ['-a'], [10, 9, -1], [10, 9, -1]],
    ['text, by code unit', ['a'], ['b', 'B', 'a', 'ä', ''], ['', 'B', 'a', 'b', 'ä']],
    ['truth values', ['a'], [true, false, true], [false, true, true]],
    [
      'moments',
      ['-a'],
      [date('2001-01-01'), date('2002-01-01T00:00:00.000Z')],
      [date('2002-01-01T00:00:00.000Z'), date('2001-01-01')],
    ],
    [
      'kinds as MongoDB has them',
      ['a'],
      [date('2001-01-01'), true, { x: 1 }, 'text', 5, null],
      [null, 5, 'text', { x: 1 }, true, date('2001-01-01')],
    ],
    ['lists by their least member', ['a'], [[5, 1], [2], 3, []], [[], [5, 1], [2], 3]],
    ['lists by their greatest member', ['-a'], [[5, 1], [2], 3, []], [[5, 1], 3, [2], []]],
    [
      'pointers by class and id',
      ['a'],
      [toPointer('B', 'a'), toPointer('A', 'b')],
      [toPointer('A', 'b'), toPointer('B', 'a')],
    ],
    [
      'files by name',
      ['a'],
      [
        { __type: 'File', name: 'b' },
        { __type: 'File', name: 'a' },
      ],
      [
        { __type: 'File', name: 'a' },
        { __type: 'File', name: 'b' },
      ],
    ],
    ['inside of objects', ['a.b'], [{ b: 2 }, { b: 1 }, {}], [{}, { b: 1 }, { b: 2 }]],
    ['the last of two directions', ['a', '-a'], [1, 2], [2, 1]],
    ['spaces round a name', [' -a '], [1, 2], [2, 1]],
    ['none', [], [2, 1], [2, 1]],
    ['by score, which all have alike', ['$score'], [2, 1], [2, 1]],
    ['by a field that nobody has', ['zzz'], [2, 1], [2, 1]],
    ['by what every object inherits', ['constructor'], [2, 1], [2, 1]],
  ])('%s', (_, order, values, expected) => {
    expect(sorted(order, values)).toEqual(expected);
  });

  it('by several fields, equal ones as they stood', () => {
    const records = [
      ['x', 2],
      ['y', 1],
      ['x', 1],
      ['y', 1],
    ].map(([a, b], i) => ({ objectId: String(i), a, b }) as unknown as ParseRecord);
    const ids = (order: string[]): string[] =>
      (compileOrder(order, {})?.(records) ?? []).map(({ objectId }) => objectId);
    expect(ids(['a', 'b'])).toEqual(['2', '0', '1', '3']);
    expect(ids(['-a', 'b'])).toEqual(['1', '3', '2', '0']);
    expect(ids(['a', 'b', '-a'])).toEqual(['1', '3', '2', '0']);
  });

  it('leaves the list that it is given alone', () => {
    const records = [{ objectId: '2' }, { objectId: '1' }] as unknown as ParseRecord[];
    expect(compileOrder(['objectId'], {})?.(records)).toEqual([{ objectId: '1' }, { objectId: '2' }]);
    expect(records[0]).toEqual({ objectId: '2' });
  });

  it('puts the nearest first when $nearSphere asks for it and no order does', () => {
    const values = [place(30), place(10), 'nowhere', place(20)];
    const near = { a: { $nearSphere: place(0) } };
    expect(sorted([], values, near)).toEqual([place(10), place(20), place(30), 'nowhere']);
    expect(sorted([], values, { $and: [{}, near] })).toEqual([place(10), place(20), place(30), 'nowhere']);
    expect(sorted(['objectId'], values, near)).toEqual(values);
  });

  it.each([
    ['bad key', 'Invalid field name: bad key.'],
    ['-bad key', 'Invalid field name: bad key.'],
    ['length', 'Invalid field name: length.'],
    ['_hashed_password', 'Invalid field name: _hashed_password.'],
    ['authData.google.id', 'Cannot sort by authData.google.id'],
  ])('%s is refused', (name, message) => {
    expect(() => compileOrder([name], {})).toThrow(expect.objectContaining({ code: 105, message }));
  });
});
