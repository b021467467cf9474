import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, MASTER } from '../../support/rest-client.ts';

const { call, emulator } = createClient();

beforeAll(async () => {
  for (const subject of ['Coffee is coffee', 'coffee and cake', 'Coffee', 'tea with cake', 'Coffee Shopping']) {
    await call('POST', '/classes/Text', { subject }, MASTER);
  }
});
afterAll(() => emulator.close());

type Found = { readonly subject?: string; readonly score?: number };

const find = async (term: string, parameters: object): Promise<readonly Found[]> => {
  const where = { subject: { $text: { $search: { $term: term } } } };
  const { body } = await call('POST', '/classes/Text', { where, ...parameters, _method: 'GET' }, MASTER);
  return (body as { results: readonly Found[] }).results;
};

describe('$score', () => {
  // The figures are those of MongoDB's text index, version 3.
  it.each([
    ['coffee', { 'Coffee is coffee': 1.5, Coffee: 1.1, 'coffee and cake': 0.75, 'Coffee Shopping': 0.75 }],
    ['cake', { 'coffee and cake': 0.75, 'tea with cake': 0.75 }],
    [
      'coffee cake',
      { 'coffee and cake': 1.5, 'Coffee is coffee': 1.5, Coffee: 1.1, 'Coffee Shopping': 0.75, 'tea with cake': 0.75 },
    ],
  ])('of %s', async (term, expected) => {
    const found = await find(term, { keys: 'subject,$score' });
    expect(Object.fromEntries(found.map(({ subject, score }) => [subject, score]))).toEqual(expected);
  });

  it.each(['$score', '-$score'])('as the order %s puts first what fits best', async (order) => {
    const found = await find('coffee', { order, keys: '$score' });
    expect(found.map(({ score }) => score)).toEqual([1.5, 1.1, 0.75, 0.75]);
    expect(found[0]).not.toHaveProperty('subject');
  });

  it('goes with other orders', async () => {
    const found = await find('coffee', { order: '$score,-subject' });
    expect(found.map(({ subject }) => subject)).toEqual([
      'Coffee is coffee',
      'Coffee',
      'coffee and cake',
      'Coffee Shopping',
    ]);
  });

  it('is shown only where keys name it, and only of a search', async () => {
    expect((await find('coffee', { order: '$score' }))[0]).not.toHaveProperty('score');
    const { body } = await call('GET', '/classes/Text?keys=$score&order=$score&limit=1', undefined, MASTER);
    expect(JSON.stringify(body)).not.toContain('score');
  });
});
