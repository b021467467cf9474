import { describe, expect, it } from 'vitest';
import { preferredType, toMediaType } from '../../../src/http/wire/media-type.ts';

describe('a content type', () => {
  it.each([
    ['application/json', 'application/json', undefined],
    [' Application/JSON ; charset="UTF-8"', 'application/json', 'utf-8'],
    ['multipart/form-data; boundary=x', 'multipart/form-data', undefined],
  ])('%j is %s', (header, essence, charset) => {
    expect(toMediaType(header)).toEqual({ essence, charset });
  });

  it.each(['', 'json', 'application/', '/json', 'application/json x', 'a b/c'])('%j is none', (header) => {
    expect(toMediaType(header)).toBeUndefined();
  });
});

describe('what a client likes best of a/x;p=1 and a/y', () => {
  const OFFERS = ['a/x; p=1', 'a/y'];

  it.each([
    ['*/*', 'a/x; p=1'],
    ['a/*', 'a/x; p=1'],
    ['a/y', 'a/y'],
    ['a/y, a/x', 'a/y'],
    ['a/x, a/y', 'a/x; p=1'],
    ['a/x;q=0.1, a/y;q=0.2', 'a/y'],
    ['a/x;p=2, */*;q=0.1', 'a/x; p=1'],
    ['A/Y', 'a/y'],
    ['*/*, a/x;q=0', 'a/y'],
    ['b/c, "quoted, */*"', undefined],
    ['b/c', undefined],
    ['*/*;q=0', undefined],
    ['*/*;q=x', undefined],
    ['rubbish', undefined],
    [',;=', undefined],
  ])('%s: %s', (accept, expected) => {
    expect(preferredType(accept, OFFERS)).toBe(expected);
  });
});
