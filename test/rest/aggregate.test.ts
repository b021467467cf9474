import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, APP, createClient, MASTER } from './client.ts';

const { call, emulator } = createClient();

const owner = (objectId: string): object => ({ __type: 'Pointer', className: '_User', objectId });
const day = (day: number): object => ({ __type: 'Date', iso: `2020-01-0${day}T00:00:00.000Z` });

beforeAll(async () => {
  for (const note of [
    { level: 1, colour: 'red', tags: ['a'], due: day(1), owner: owner('ann'), place: { city: 'Oslo' } },
    { level: 2, colour: 'red', tags: ['a', 'b'], due: day(2), owner: owner('bob'), place: { city: 'Rome' } },
    { level: 3, colour: 'blue', tags: ['b'], due: day(3), owner: owner('ann'), place: { city: 'Oslo' } },
  ]) {
    await call('POST', '/classes/Note', note, MASTER);
  }
});
afterAll(() => emulator.close());

const ask = (parameters: object, className = 'Note', headers = MASTER): Promise<Answer> =>
  call('POST', `/aggregate/${className}`, { ...parameters, _method: 'GET' }, headers);
const resultsOf = async (parameters: object, className?: string): Promise<unknown> => {
  const { body } = await ask(parameters, className);
  return (body as { results: unknown }).results;
};
const run = (...pipeline: object[]): Promise<unknown> => resultsOf({ pipeline });

describe('distinct', () => {
  it.each<[string, unknown]>([
    ['colour', ['blue', 'red']],
    ['level', [1, 2, 3]],
    ['tags', ['a', 'b']],
    ['owner', [owner('ann'), owner('bob')]],
    ['due', [day(1), day(2), day(3)]],
    ['place.city', ['Oslo', 'Rome']],
    ['nothing', []],
  ])('lists the values of %s, each once', async (field, values) => {
    expect(await resultsOf({ distinct: field })).toEqual(values);
  });

  it('looks only at what matches', async () => {
    expect(await resultsOf({ distinct: 'level', where: { colour: 'red' } })).toEqual([1, 2]);
    const where = encodeURIComponent('{"level":3}');
    expect((await call('GET', `/aggregate/Note?distinct=colour&where=${where}`, undefined, MASTER)).body).toEqual({
      results: ['blue'],
    });
  });

  it('finds nothing in a class that is not there', async () => {
    expect(await resultsOf({ distinct: 'colour' }, 'Nothing')).toEqual([]);
  });
});

describe('aggregate', () => {
  it('groups, and computes over each group', async () => {
    const columns = {
      total: { $sum: '$level' },
      count: { $sum: 1 },
      average: { $avg: '$level' },
      least: { $min: '$due' },
      most: { $max: '$level' },
      first: { $first: '$level' },
      last: { $last: '$level' },
      levels: { $push: '$level' },
      owners: { $addToSet: '$owner' },
    };
    expect(await run({ $group: { _id: '$colour', ...columns } }, { $sort: { _id: -1 } })).toEqual([
      {
        objectId: 'red',
        total: 3,
        count: 2,
        average: 1.5,
        least: day(1),
        most: 2,
        first: 1,
        last: 2,
        levels: [1, 2],
        owners: [owner('ann'), owner('bob')],
      },
      expect.objectContaining({ objectId: 'blue', total: 3, count: 1, levels: [3] }),
    ]);
  });

  it('takes all for one group without an id, and goes by a pointer as by its id', async () => {
    expect(await run({ $group: { _id: null, total: { $sum: '$level' } } })).toEqual([{ objectId: null, total: 6 }]);
    expect(await run({ $group: { _id: '$owner', count: { $sum: 1 } } })).toEqual([
      { objectId: 'ann', count: 2 },
      { objectId: 'bob', count: 1 },
    ]);
    expect(await run({ $group: { _id: { city: '$place.city' } } })).toEqual([
      { objectId: { city: 'Oslo' } },
      { objectId: { city: 'Rome' } },
    ]);
  });

  it('matches, before and after other stages', async () => {
    expect(await run({ $match: { owner: 'ann', level: { $gt: 1 } } }, { $count: 'found' })).toEqual([{ found: 1 }]);
    expect(await run({ $match: { due: { $gte: '2020-01-02T00:00:00.000Z' } } }, { $count: 'found' })).toEqual([
      { found: 2 },
    ]);
    expect(await run({ $match: { $or: [{ level: 1 }, { colour: 'blue' }] } }, { $count: 'found' })).toEqual([
      { found: 2 },
    ]);
    const groups = { $group: { _id: '$colour', count: { $sum: 1 } } };
    expect(await run(groups, { $match: { count: { $gt: 1 } } })).toEqual([{ objectId: 'red', count: 2 }]);
  });

  it('sorts, skips, limits and projects', async () => {
    const id = expect.any(String);
    expect(await run({ $sort: { level: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { level: 1 } })).toEqual([
      { objectId: id, level: 2 },
    ]);
    expect(await run({ $limit: 1 }, { $project: { _id: 0, n: '$level' } })).toEqual([{ n: 1 }]);
    const [shown] = (await run({ $limit: 1 }, { $project: { place: 0, owner: 0 } })) as [object];
    expect(Object.keys(shown).sort()).toEqual(['colour', 'createdAt', 'due', 'level', 'objectId', 'tags', 'updatedAt']);
  });

  it('takes one stage without a list, and stages beside the other parameters', async () => {
    expect(await resultsOf({ pipeline: { $count: 'found' } })).toEqual([{ found: 3 }]);
    expect(await resultsOf({ $match: { colour: 'red' }, $count: 'found' })).toEqual([{ found: 2 }]);
  });

  it('is for the master key', async () => {
    expect(await ask({ distinct: 'colour' }, 'Note', APP)).toMatchObject({
      status: 403,
      body: { error: 'Permission denied' },
    });
  });

  it('never shows a password', async () => {
    await call('POST', '/users', { username: 'ann', password: 'annspass' }, MASTER);
    for (const question of [
      { distinct: '_hashed_password' },
      { pipeline: [{ $group: { _id: '$_hashed_password' } }] },
      { pipeline: [{ $project: { hash: '$_hashed_password' } }] },
    ]) {
      expect((await ask(question, '_User')).body).toEqual({
        code: 105,
        error: 'Invalid field name: _hashed_password',
      });
    }
    expect(JSON.stringify(await ask({ pipeline: [{ $match: {} }] }, '_User'))).not.toMatch(/password|\$2b/);
  });

  it.each<[string, unknown, string]>([
    ['a stage without a dollar', [{ group: { _id: 1 } }], "Invalid aggregate stage 'group'."],
    [
      'two stages in one',
      [{ $match: {}, $limit: 1 }],
      'Pipeline stages should only have one key but found $match, $limit.',
    ],
    ['a group by objectId', [{ $group: { objectId: '$a' } }], "Cannot use 'objectId' in aggregation stage $group."],
    ['a group without an id', [{ $group: { x: 1 } }], 'Invalid parameter for query: group. Missing key _id'],
    ['a stage that it does not know', [{ $lookup: {} }], 'The emulator does not know the stage $lookup.'],
    [
      'an accumulator that it does not know',
      [{ $group: { _id: 1, x: { $mad: 1 } } }],
      'The emulator does not know the accumulator $mad.',
    ],
    [
      'an expression that it does not know',
      [{ $project: { x: { $add: [1] } } }],
      'The emulator does not know the expression $add.',
    ],
    ['text for stages', 'x', "Invalid aggregate stage '0'."],
    ['a limit that is none', [{ $limit: -1 }], 'invalid argument to $limit stage: a whole number was expected'],
    ['a sort that is none', [{ $sort: 'level' }], 'the $sort specification must be an object'],
  ])('refuses %s', async (_what, pipeline, error) => {
    expect((await ask({ pipeline })).body).toEqual({ code: 102, error });
  });
});
