import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ClassSchema } from '../../../src/parse/classes/schema.ts';
import { ParseError } from '../../../src/parse/error.ts';
import type { Json, JsonObject, ParseRecord } from '../../../src/parse/record.ts';
import { compileOrder } from '../../../src/parse/where/order.ts';
import { compileWhere, indexableValues, validateWhere } from '../../../src/parse/where/where.ts';
import { runs } from '../../support/runs.ts';

const NOW = Date.parse('2026-01-02T03:04:05.678Z');

const FIELDS = [
  'name',
  'size',
  'tags',
  'born',
  'owner',
  'home',
  'settings.a',
  'settings.list.b',
  'createdAt',
  'constructor',
];
const OPERATORS =
  '$eq $ne $lt $lte $gt $gte $in $nin $all $containedBy $exists $regex $options $text $nearSphere $maxDistance $within $geoWithin $geoIntersects $what __type';

const schema: ClassSchema = {
  className: 'Thing',
  fields: {
    name: { type: 'String' },
    tags: { type: 'Array' },
    born: { type: 'Date' },
    owner: { type: 'Pointer', targetClass: '_User' },
    home: { type: 'GeoPoint' },
  },
};

const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, 1, 'a', 'b', '^a', 'i'),
  fc.constantFrom<Json>(
    { __type: 'Pointer', className: '_User', objectId: 'a' },
    { __type: 'Date', iso: '2001-01-01' },
    { __type: 'GeoPoint', latitude: 1, longitude: 1 },
    { __type: 'File', name: 'a' },
    { $search: { $term: 'a' } },
    { $box: [1, 2] },
    {
      $polygon: [
        [0, 0],
        [0, 5],
        [5, 5],
      ],
    },
    { $regex: '^\\Qa\\E' },
  ),
);

const operand = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.json({ maxDepth: 4 }).map((text): Json => JSON.parse(text)),
);

const record = fc
  .record(
    { name: operand, size: operand, tags: operand, born: operand, owner: operand, settings: operand },
    { requiredKeys: [] },
  )
  .map(
    (fields) =>
      ({ objectId: 'a1', createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '', ...fields }) as unknown as ParseRecord,
  );

const field = fc.dictionary(
  fc.constantFrom(...FIELDS),
  fc.oneof(operand, fc.dictionary(fc.constantFrom(...OPERATORS.split(' ')), operand, { maxKeys: 3 })),
  { maxKeys: 3 },
);

const { where } = fc.letrec<{ where: JsonObject }>((tie) => ({
  where: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    field,
    fc.record({ $or: fc.array(tie('where'), { maxLength: 3 }) }),
    fc.record({ $and: fc.array(tie('where'), { maxLength: 3 }) }),
    fc.record({ $nor: fc.array(tie('where'), { maxLength: 3 }) }),
  ),
}));

/** Whether a record matches; undefined when the query is refused, as only a ParseError may do. */
const match = (query: JsonObject, object: ParseRecord): boolean | undefined => {
  try {
    return compileWhere(query, schema, NOW)(object);
  } catch (error) {
    expect(error).toBeInstanceOf(ParseError);
    return undefined;
  }
};

const check = (property: fc.IPropertyWithHooks<[JsonObject, ParseRecord]>): void => fc.assert(property, runs(1000));

it('answers or refuses whatever looks like a query', () => {
  check(
    fc.property(where, record, (query, object) => {
      expect([true, false, undefined]).toContain(match(query, object));
      const order = Object.keys(query).filter((name) => !name.startsWith('$'));
      expect(compileOrder(order, {})?.([object]) ?? [object]).toEqual([object]);
    }),
  );
});

it('answers or refuses any JSON', () => {
  const any = fc.dictionary(
    fc.string(),
    fc.json().map((text): Json => JSON.parse(text)),
  );
  check(
    fc.property(any, record, (query, object) => {
      expect([true, false, undefined]).toContain(match(query, object));
      for (const isMaster of [true, false]) {
        try {
          validateWhere(query, { isMaster });
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError);
        }
      }
    }),
  );
});

it('has $nor as the opposite of $or, and $and of one as that one', () => {
  check(
    fc.property(where, record, (query, object) => {
      const plain = match(query, object);
      const opposite = plain === undefined ? undefined : !plain;
      expect(match({ $or: [query] }, object)).toBe(plain);
      expect(match({ $and: [query, query] }, object)).toBe(plain);
      expect(match({ $nor: [query] }, object)).toBe(opposite);
    }),
  );
});

it.each([
  ['$ne', '$eq'],
  ['$nin', '$in'],
])('has %s as the opposite of %s', (negative, positive) => {
  fc.assert(
    fc.property(fc.constantFrom(...FIELDS), operand, record, (name, value, object) => {
      const plain = match({ [name]: { [positive]: value } }, object);
      expect(match({ [name]: { [negative]: value } }, object)).toBe(plain === undefined ? undefined : !plain);
    }),
    runs(700),
  );
});

it('finds what it matches among the values for an index', () => {
  check(
    fc.property(where, record, (query, object) => {
      const values = indexableValues(query, 'size');
      if (values && match(query, object)) expect(match({ size: { $in: values } }, object)).toBe(true);
    }),
  );
});
