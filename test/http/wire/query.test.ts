import { expect, it } from 'vitest';
import { readQuery } from '../../../src/http/wire/query.ts';

it.each<[string, unknown]>([
  ['', {}],
  ['?a=1&b=x+y%26z', { a: '1', b: 'x y&z' }],
  ['?a', { a: '' }],
  ['?=1&&', {}],
  ['?a=1&a=2', { a: ['1', '2'] }],
  ['?a[]=1', { a: ['1'] }],
  ['?a[]=1&a[]=2', { a: ['1', '2'] }],
  ['?a[1]=y&a[0]=x', { a: ['x', 'y'] }],
  ['?a[21]=x', { a: { 21: 'x' } }],
  ['?where[score]=1', { where: { score: '1' } }],
  ['?where%5Bscore%5D%5B%24gt%5D=1&where[name]=ann', { where: { score: { $gt: '1' }, name: 'ann' } }],
  ['?where[$or][0][n]=1&where[$or][1][n]=2', { where: { $or: [{ n: '1' }, { n: '2' }] } }],
  ['?a[b][c][d][e][f][g][h]=1', { a: { b: { c: { d: { e: { f: { '[g][h]': '1' } } } } } } }],
  ['?a=1&a[b]=2', { a: { 0: '1', b: '2' } }],
  ['?a]b=1&a[b=2', { 'a]b': '1', 'a[b': '2' }],
  ['?__proto__[x]=1&a[__proto__][x]=1&toString=1', { toString: '1' }],
])('reads the parameters of %s', (search, parameters) => {
  expect(readQuery(search)).toEqual(parameters);
});

it('reads a thousand parameters and no more', () => {
  const search = Array.from({ length: 5000 }, (_, place) => `p${place}=1`).join('&');
  expect(Object.keys(readQuery(search))).toHaveLength(1000);
});
