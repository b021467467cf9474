import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/index.ts';
import { Bindings } from './bindings.ts';
import { findDifferences } from './differences.ts';

const compare = (expected: Json, actual: Json | undefined): string[] =>
  findDifferences(expected, actual, new Bindings('http://localhost:1337'), 'answer');

describe('findDifferences', () => {
  it.each<[Json]>([
    [null],
    [0],
    [''],
    [[]],
    [{}],
    [{ data: { users: { edges: [{ node: { age: 7, vip: false, home: null } }] } } }],
  ])('finds none between equal values: %j', (value) => {
    expect(compare(value, structuredClone(value))).toEqual([]);
  });

  it.each<[Json, Json | undefined, string]>([
    [1, 2, 'answer: expected 1, got 2'],
    [1, '1', 'answer: expected 1, got "1"'],
    [null, undefined, 'answer: expected null, got nothing'],
    [null, false, 'answer: expected null, got false'],
    [{}, [], 'answer: expected {}, got []'],
    [{}, null, 'answer: expected {}, got null'],
    [[], {}, 'answer: expected [], got {}'],
    ['Account already exists', 'account already exists', 'answer: expected "Account already exists", got "account'],
    [{ a: null }, {}, 'answer.a: expected null, got nothing'],
    [{}, { a: null }, 'answer.a: expected nothing, got null'],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'answer.a.b[1]: expected 2, got 3'],
    [[1], [1, 1], 'answer: expected 1 entries, got 2: [1,1]'],
    [[1, 2], [2, 1], 'answer[0]: expected 1, got 2'],
    [{ token: '{{token:1}}' }, { token: 'r:0' }, 'answer.token: expected "{{token:1}}", got "r:0"'],
  ])('tells %j from %j', (expected, actual, text) => {
    expect(compare(expected, actual)[0]).toContain(text);
  });

  it('lists every place that differs', () => {
    expect(compare({ a: 1, b: 2, c: 3 }, { a: 0, b: 2, d: 4 })).toEqual([
      'answer.a: expected 1, got 0',
      'answer.c: expected 3, got nothing',
      'answer.d: expected nothing, got 4',
    ]);
  });

  it('does not look at stack traces, whether they are there or not', () => {
    const error = { message: 'no', extensions: { code: 1 } };
    const traced = { message: 'no', extensions: { code: 1, stacktrace: ['Error: no'] } };
    expect(compare(error, traced)).toEqual([]);
    expect(compare(traced, error)).toEqual([]);
  });

  it('takes one placeholder for one value throughout an answer', () => {
    expect(compare(['{{id:1}}', '{{id:1}}'], ['abcDEF1234', 'abcDEF1234'])).toEqual([]);
    expect(compare(['{{id:1}}', '{{id:1}}'], ['abcDEF1234', 'abcDEF1235'])).toHaveLength(1);
    expect(compare(['{{id:1}}', '{{id:2}}'], ['abcDEF1234', 'abcDEF1234'])).toHaveLength(1);
    expect(compare({ '{{origin}}': 1 }, { 'http://localhost:1337': 1 })).toEqual([]);
  });
});
