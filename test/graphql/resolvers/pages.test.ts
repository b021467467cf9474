import { describe, expect, it } from 'vitest';
import { type Page, type PageArguments, toCursor, toPage } from '../../../src/graphql/resolvers/pages.ts';

const page = (skip?: number, limit?: number, counts = false): Page => ({ skip, limit, counts });

const FIRST = toCursor(0);
const FIFTH = toCursor(4);

describe('the part of a list', () => {
  it.each<[PageArguments, Page]>([
    [{}, page()],
    [{ skip: null, first: null, after: null, last: null, before: null }, page()],
    [{ after: '', before: '' }, page()],
    [{ skip: 3 }, page(3)],
    [{ first: 0 }, page(undefined, 0)],
    [{ first: 5000 }, page(undefined, 5000)],
    [{ after: FIRST, first: 2 }, page(1, 2)],
    [{ skip: 2, after: FIFTH }, page(7)],
    [{ before: FIFTH }, page(undefined, 4)],
    [{ before: FIRST }, page(undefined, 0)],
    [{ before: FIFTH, first: 2 }, page(undefined, 2)],
    [{ before: FIFTH, first: 9 }, page(undefined, 4)],
    [{ before: FIFTH, skip: 1 }, page(1, 3)],
    [{ before: FIFTH, skip: 4 }, page(4, 0)],
    [{ after: FIRST, before: FIFTH }, page(1, 3)],
    [{ last: 2 }, page(undefined, 2, true)],
    [{ last: 0 }, page(undefined, 0)],
    [{ last: 2, skip: 3 }, page(3, 2, true)],
    [{ last: 2, first: 5 }, page(3, 2)],
    [{ last: 5, first: 2 }, page(undefined, 2)],
    [{ last: 2, before: FIFTH }, page(2, 2)],
    [{ last: 2, after: FIRST, before: FIFTH }, page(2, 2)],
  ])('%j', (given, wanted) => {
    expect(toPage(given, undefined)).toEqual(wanted);
  });

  it('last is cut down to maxLimit', () => {
    expect(toPage({ last: 9 }, 3)).toEqual(page(undefined, 3, true));
    expect(toPage({ last: 9, first: 5 }, 3)).toEqual(page(2, 3));
  });
});

describe('what is refused', () => {
  it.each<[PageArguments, string]>([
    [{ skip: -1 }, 'Skip should be a positive number'],
    [{ first: -1 }, 'First should be a positive number'],
    [{ last: -1 }, 'Last should be a positive number'],
    [{ after: 'x' }, 'After is not a valid cursor'],
    [{ after: toCursor(-1) }, 'After is not a valid cursor'],
    [{ after: btoa('other:3') }, 'After is not a valid cursor'],
    [{ before: 'x' }, 'Before is not a valid cursor'],
    [{ before: toCursor(Number.NaN) }, 'Before is not a valid cursor'],
  ])('%j: %s', (given, message) => {
    expect(() => toPage(given, undefined)).toThrow(expect.objectContaining({ code: 102, message }));
  });
});
