import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, APP, createClient, MASTER } from '../../support/rest-client.ts';

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
const count = (objectId: string, count: number): object => ({ objectId, count });
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
        owners: ['_User$ann', '_User$bob'],
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
    expect((await ask({ distinct: '_hashed_password' }, '_User')).body).toEqual({
      code: 105,
      error: 'Invalid field name: _hashed_password',
    });
    for (const pipeline of [
      [{ $match: {} }],
      [{ $group: { _id: '$_hashed_password' } }],
      [{ $project: { hash: '$_hashed_password' } }],
      [{ $project: { all: '$$ROOT' } }],
      [{ $lookup: { from: '_User', localField: '_id', foreignField: '_id', as: 'users' } }],
    ]) {
      const { status, body } = await ask({ pipeline }, '_User');
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/\$2[aby]\$|annspass/);
    }
  });

  it('names classes and fields as MongoDB keeps them', async () => {
    const [note] = (await run({ $match: { level: 2 } })) as [{ objectId: string }];
    await call(
      'POST',
      '/classes/Reply',
      { text: 'yes', note: { __type: 'Pointer', className: 'Note', objectId: note?.objectId } },
      MASTER,
    );
    const pipeline = [
      { $project: { text: 1, noteId: { $substr: ['$_p_note', 5, -1] } } },
      { $lookup: { from: 'Note', localField: 'noteId', foreignField: '_id', as: 'notes' } },
      { $unwind: '$notes' },
      { $project: { _id: 0, text: 1, level: '$notes.level', day: { $dayOfMonth: '$notes.due' } } },
    ];
    expect((await ask({ pipeline }, 'Reply')).body).toEqual({ results: [{ text: 'yes', level: 2, day: 2 }] });
  });

  it.each<[string, object[], unknown]>([
    ['lists taken apart', [{ $unwind: '$tags' }, { $sortByCount: '$tags' }], [count('a', 2), count('b', 2)]],
    ['comparisons within an object', [{ $match: { $expr: { $gt: ['$level', 2] } } }, { $count: 'n' }], [{ n: 1 }]],
    [
      'parts of texts and of dates',
      [
        { $match: { level: 1 } },
        {
          $project: {
            _id: 0,
            short: { $substr: ['$colour', 0, 2] },
            year: { $year: '$due' },
            on: { $dateToString: { date: '$due', format: '%d.%m.%Y' } },
          },
        },
      ],
      [{ short: 're', year: 2020, on: '01.01.2020' }],
    ],
    [
      'arithmetic and conditions',
      [
        { $sort: { level: 1 } },
        {
          $project: {
            _id: 0,
            twice: { $multiply: ['$level', 2] },
            size: { $cond: [{ $gte: ['$level', 2] }, 'big', 'small'] },
          },
        },
      ],
      [
        { twice: 2, size: 'small' },
        { twice: 4, size: 'big' },
        { twice: 6, size: 'big' },
      ],
    ],
    [
      'sums of products',
      [{ $group: { _id: null, x: { $sum: { $multiply: ['$level', 10] } } } }],
      [{ objectId: null, x: 60 }],
    ],
    ['a group by {}', [{ $group: { _id: {}, n: { $sum: 1 } } }], [{ objectId: null, n: 3 }]],
    ['a group by []', [{ $group: { _id: [], n: { $sum: 1 } } }], [{ objectId: null, n: 3 }]],
    ['a group by nothing', [{ $group: { _id: '', n: { $sum: 1 } } }], [{ objectId: null, n: 3 }]],
    [
      'a group by parts',
      [{ $group: { _id: { y: { $year: '$due' } }, n: { $sum: 1 } } }],
      [{ objectId: { y: 2020 }, n: 3 }],
    ],
    [
      'several pipelines',
      [{ $facet: { all: [{ $count: 'n' }], one: [{ $limit: 1 }, { $count: 'n' }] } }],
      [{ all: [{ n: 3 }], one: [{ n: 1 }] }],
    ],
    ['patterns', [{ $match: { colour: { $regex: '^R', $options: 'i', $ne: 'rex' } } }, { $count: 'n' }], [{ n: 2 }]],
    ['no pattern', [{ $match: { colour: { $not: { $regex: '^r' } } } }, { $count: 'n' }], [{ n: 1 }]],
    ['patterns in lists', [{ $match: { tags: { $elemMatch: { $regex: '^b' } } } }, { $count: 'n' }], [{ n: 2 }]],
    [
      'dates alone',
      [{ $limit: 1 }, { $project: { _id: 0, updatedAt: 1 } }],
      [{ updatedAt: expect.stringMatching(/^\d{4}-/) }],
    ],
    [
      'the order of making',
      [{ $sort: { createdAt: -1 } }, { $limit: 1 }, { $project: { _id: 0, level: 1 } }],
      [{ level: 3 }],
    ],
  ])('knows %s', async (_what, pipeline, expected) => {
    expect(await run(...pipeline)).toEqual(expected);
  });

  it('draws at random, each object once', async () => {
    const drawn = (await run({ $sample: { size: 5 } }, { $project: { _id: 0, level: 1 } })) as { level: number }[];
    expect(drawn.map(({ level }) => level).sort()).toEqual([1, 2, 3]);
    expect(await run({ $sample: { size: 2 } }, { $count: 'n' })).toEqual([{ n: 2 }]);
  });

  it('finds what is near', async () => {
    for (const [name, latitude] of [
      ['here', 10],
      ['near', 10.5],
      ['far', 50],
    ] as const) {
      await call('POST', '/classes/Spot', { name, at: { __type: 'GeoPoint', latitude, longitude: 20 } }, MASTER);
    }
    const near = { near: { type: 'Point', coordinates: [20, 10] }, distanceField: 'metres', maxDistance: 100_000 };
    expect(
      await resultsOf({ pipeline: [{ $geoNear: near }, { $project: { _id: 0, name: 1, metres: 1 } }] }, 'Spot'),
    ).toEqual([
      { name: 'here', metres: 0 },
      { name: 'near', metres: expect.closeTo(55_597, 0) },
    ]);
  });

  it('gives places, files and polygons back in REST form', async () => {
    const shape = {
      at: { __type: 'GeoPoint', latitude: 10, longitude: 20 },
      area: {
        __type: 'Polygon',
        coordinates: [
          [0, 0],
          [0, 1],
          [1, 1],
          [0, 0],
        ],
      },
      link: owner('ann'),
      inside: { when: day(1), link: owner('ann') },
    };
    await call('POST', '/classes/Shape', { ...shape, file: { __type: 'File', name: 'a.txt' } }, MASTER);
    expect(await resultsOf({ pipeline: [{ $match: { link: 'ann' } }] }, 'Shape')).toEqual([
      expect.objectContaining({
        ...shape,
        file: { __type: 'File', name: 'a.txt', url: 'http://localhost:1337/parse/files/APPLICATION_ID/a.txt' },
      }),
    ]);
  });

  it('gives up a pattern that would take for ever', async () => {
    await call('POST', '/classes/Text', { text: `${'a'.repeat(60)}!` }, MASTER);
    for (const stage of [
      { $match: { text: { $regex: '(a+)+\\1$' } } },
      { $project: { x: { $regexMatch: { input: '$text', regex: '(a+)+\\1$' } } } },
    ]) {
      expect(await ask({ pipeline: [stage] }, 'Text')).toMatchObject({ status: 500, body: { code: 1 } });
    }
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
    ['a stage that there is not', [{ $magic: {} }], "Unrecognized pipeline stage name: '$magic'"],
    ['a stage that writes', [{ $out: 'Copy' }], "Unrecognized pipeline stage name: '$out'"],
    [
      'an accumulator that there is not',
      [{ $group: { _id: 1, x: { $mad: 1 } } }],
      "accumulator '$mad' is not registered.",
    ],
    ['code', [{ $match: { $where: 'true' } }], "$where operator requires 'scriptEnabled' option to be true."],
    ['text for stages', 'x', "Invalid aggregate stage '0'."],
    ['a limit that is none', [{ $limit: -1 }], 'value must be a non-negative integer'],
    ['a sort that is none', [{ $sort: 'level' }], '$sort specification is invalid'],
  ])('refuses %s', async (_what, pipeline, error) => {
    expect((await ask({ pipeline })).body).toEqual({ code: 102, error });
  });
});
