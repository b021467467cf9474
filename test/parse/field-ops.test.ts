import { describe, expect, it } from 'vitest';
import { applyFieldOperation, type FieldOperation } from '../../src/parse/field-ops.ts';
import type { Json } from '../../src/parse/record.ts';

const cases: readonly [string, FieldOperation, Json | undefined, Json | undefined][] = [
  ['Increment adds', { __op: 'Increment', amount: 2 }, 3, 5],
  ['Increment begins at 0', { __op: 'Increment', amount: -1 }, undefined, -1],
  ['Add appends', { __op: 'Add', objects: [1, 1] }, [1], [1, 1, 1]],
  ['Add begins a list', { __op: 'Add', objects: ['a'] }, undefined, ['a']],
  [
    'AddUnique adds what is not there',
    { __op: 'AddUnique', objects: [{ b: 1, a: 2 }, 3, 3] },
    [{ a: 2, b: 1 }],
    [{ a: 2, b: 1 }, 3],
  ],
  ['Remove takes every one away', { __op: 'Remove', objects: [1] }, [1, 2, 1], [2]],
  ['Delete unsets', { __op: 'Delete' }, 'x', undefined],
];

describe('a field operation', () => {
  it.each(cases)('%s', (_, operation, present, expected) => {
    expect(applyFieldOperation(operation, present)).toEqual(expected);
  });

  it.each([
    [{ __op: 'Increment', amount: 'x' }, 'incrementing must provide a number'],
    [{ __op: 'Add', objects: 'x' }, 'objects to add must be an array'],
    [{ __op: 'Remove', objects: null }, 'objects to remove must be an array'],
    [{ __op: 'Explode' }, 'The Explode operator is not supported yet.'],
  ])('%j is refused', (operation, message) => {
    expect(() => applyFieldOperation(operation, undefined)).toThrow(message);
  });

  it('leaves the present list as it is', () => {
    const present: Json[] = [1];
    applyFieldOperation({ __op: 'Add', objects: [2] }, present);
    expect(present).toEqual([1]);
  });
});
