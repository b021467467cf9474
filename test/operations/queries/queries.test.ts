import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/index.ts';
import { type Client, createClient, refusal } from '../../support/graphql-client.ts';

const TITLES = ['a', 'b', 'c', 'd', 'e'];

let client: Client;

beforeAll(async () => {
  client = createClient({ maxLimit: 100 });
  await client.putClass({ className: 'Note', fields: { title: { type: 'String' }, rank: { type: 'Number' } } });
  for (const [rank, title] of TITLES.entries()) await client.create('Note', { title, ...(rank < 3 && { rank }) });
});

const cursor = (offset: number): string => btoa(`arrayconnection:${offset}`);

type Page = {
  readonly titles: string;
  readonly cursors: readonly number[];
  readonly count: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
};

const PARAMETERS =
  '$where: NoteWhereInput, $order: [NoteOrder!], $skip: Int, $first: Int, $after: String, $last: Int, $before: String';
const ARGUMENTS =
  'where: $where, order: $order, skip: $skip, first: $first, after: $after, last: $last, before: $before';

const list = (variables: JsonObject) =>
  client.ask(
    `query (${PARAMETERS}) { notes(${ARGUMENTS}) { count edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    { order: ['title_ASC'], ...variables },
  );

const page = async (variables: JsonObject): Promise<Page> => {
  const { data, error } = await list(variables);
  if (error) throw new Error(error.message);
  const { notes } = data as { notes: Page & { edges: { cursor: string; node: { title: string } }[] } };
  return {
    ...notes,
    titles: notes.edges.map(({ node }) => node.title).join(''),
    cursors: notes.edges.map((edge) => Number(atob(edge.cursor).split(':')[1])),
  };
};

describe('a page', () => {
  it.each<[JsonObject, string, boolean, boolean]>([
    [{}, 'abcde', false, false],
    [{ first: 2 }, 'ab', false, true],
    [{ first: 9 }, 'abcde', false, false],
    [{ first: 0 }, '', false, true],
    [{ skip: 2 }, 'cde', true, false],
    [{ skip: 9 }, '', true, false],
    [{ after: cursor(1) }, 'cde', true, false],
    [{ after: cursor(1), first: 2 }, 'cd', true, true],
    [{ skip: 1, after: cursor(0), first: 2 }, 'cd', true, true],
    [{ before: cursor(3) }, 'abc', false, true],
    [{ before: cursor(3), first: 2 }, 'ab', false, true],
    [{ after: cursor(0), before: cursor(3) }, 'bc', true, true],
    [{ after: cursor(3), before: cursor(2) }, '', true, true],
    [{ last: 2 }, 'de', true, false],
    [{ last: 9 }, 'abcde', false, false],
    [{ last: 2, before: cursor(3) }, 'bc', true, true],
    [{ last: 1, first: 3 }, 'c', true, true],
    [{ skip: null, first: null, after: '', last: null, before: '' }, 'abcde', false, false],
  ])('of %j is %j', async (variables, titles, hasPreviousPage, hasNextPage) => {
    const found = await page(variables);
    expect(found).toMatchObject({ titles, count: 5, pageInfo: { hasPreviousPage, hasNextPage } });
    expect(found.cursors).toEqual([...titles].map((title) => TITLES.indexOf(title)));
  });

  it.each<[JsonObject, string]>([
    [{ skip: -1 }, 'Skip should be a positive number'],
    [{ first: -1 }, 'First should be a positive number'],
    [{ last: -1 }, 'Last should be a positive number'],
    [{ after: 'x' }, 'After is not a valid cursor'],
    [{ before: 'x' }, 'Before is not a valid cursor'],
    [{ after: cursor(-1) }, 'After is not a valid cursor'],
  ])('of %j is refused', async (variables, message) => {
    expect(refusal(await list(variables))).toEqual([102, message]);
  });

  it('and the next one, by its end cursor, are all of the list, whatever the size of the pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), async (first) => {
        let titles = '';
        let after: string | null = null;
        for (;;) {
          const found: Page & { pageInfo: { endCursor: string } } = (await page({ first, after })) as never;
          titles += found.titles;
          if (!found.pageInfo.hasNextPage) break;
          after = found.pageInfo.endCursor;
        }
        expect(titles).toBe('abcde');
      }),
      { numRuns: 7 },
    );
  });

  it('holds no more than maxLimit', async () => {
    const small = createClient({ maxLimit: 2 });
    await small.putClass({ className: 'Note', fields: { title: { type: 'String' } } });
    for (const title of TITLES) await small.create('Note', { title });
    for (const args of ['', '(first: 4)', '(last: 4)']) {
      const { data } = await small.ask(`{ notes${args} { count edges { node { id } } } }`);
      const { notes } = data as { notes: { count: number; edges: unknown[] } };
      expect([notes.count, notes.edges.length]).toEqual([5, 2]);
    }
  });

  it('of 100 is what comes when nobody says how many', async () => {
    const many = createClient();
    await many.putClass({ className: 'Note', fields: {} });
    await many.emulator.seed({ Note: Array.from({ length: 120 }, () => ({})) });
    const count = async (args: string) =>
      ((await many.ask(`{ notes${args} { edges { cursor } } }`)).data as { notes: { edges: unknown[] } }).notes.edges
        .length;
    expect([await count(''), await count('(first: 110)'), await count('(last: 110)')]).toEqual([100, 110, 110]);
  });
});

describe('the last of nothing', () => {
  it('has no count, which is an error of GraphQL’s, as in Parse', async () => {
    const nothing = { where: { title: { equalTo: 'z' } }, last: 1 };
    expect((await list(nothing)).error?.message).toBe(
      'Cannot return null for non-nullable field NoteConnection.count.',
    );
    const { data } = await client.ask('{ notes(where: { title: { equalTo: "z" } }, last: 1) { edges { cursor } } }');
    expect(data).toEqual({ notes: { edges: [] } });
  });
});

describe('order', () => {
  it.each<[string[], string]>([
    [['title_DESC'], 'edcba'],
    [['rank_DESC', 'title_DESC'], 'cbaed'],
    [['rank_ASC', 'title_ASC'], 'deabc'],
    [['createdAt_DESC'], 'edcba'],
    [['title_ASC', 'title_DESC'], 'edcba'],
    [[], 'abcde'],
  ])('by %j is %s', async (order, titles) => {
    expect((await page({ order })).titles).toBe(titles);
  });

  it('by a key that is not there is a validation error', async () => {
    expect((await list({ order: ['nothing_ASC'] })).error?.code).toBe('BAD_USER_INPUT');
  });
});

describe('where', () => {
  const ids = async (): Promise<{ id: string; objectId: string }[]> => {
    const { data } = await client.ask('{ notes(order: [title_ASC]) { edges { node { id objectId } } } }');
    return (data as { notes: { edges: { node: { id: string; objectId: string } }[] } }).notes.edges.map(
      ({ node }) => node,
    );
  };

  it.each<[JsonObject, string]>([
    [{ title: { equalTo: 'a' } }, 'a'],
    [{ title: { notEqualTo: 'a' } }, 'bcde'],
    [{ title: { in: ['a', 'c', 'z'] } }, 'ac'],
    [{ title: { notIn: ['a', 'c'] } }, 'bde'],
    [{ title: { greaterThan: 'b', lessThanOrEqualTo: 'd' } }, 'cd'],
    [{ title: { matchesRegex: '^[B-C]$', options: 'i' } }, 'bc'],
    [{ rank: { exists: false } }, 'de'],
    [{ rank: { notEqualTo: 1 } }, 'acde'],
    [{ rank: { lessThan: 2 } }, 'ab'],
    [{ OR: [{ title: { equalTo: 'a' } }, { rank: { equalTo: 2 } }] }, 'ac'],
    [{ AND: [{ rank: { greaterThan: 0 } }, { title: { notEqualTo: 'b' } }] }, 'c'],
    [{ NOR: [{ rank: { exists: true } }, { title: { equalTo: 'e' } }] }, 'd'],
    [{ title: { inQueryKey: { query: { className: 'Note', where: { rank: { $gt: 0 } } }, key: 'title' } } }, 'bc'],
    [
      { title: { inQueryKey: { query: { className: 'Note', where: { rank: { greaterThan: 0 } } }, key: 'title' } } },
      'bc',
    ],
    [
      { title: { notInQueryKey: { query: { className: 'Note', where: { OR: [{ rank: 0 }] } }, key: 'title' } } },
      'bcde',
    ],
  ])('%j finds %j', async (where, titles) => {
    expect((await page({ where })).titles).toBe(titles);
  });

  it('id takes Relay ids and object ids, objectId takes object ids', async () => {
    const [a, b] = await ids();
    for (const id of [a?.id ?? '', a?.objectId ?? '']) {
      expect((await page({ where: { id: { equalTo: id } } })).titles).toBe('a');
      expect((await page({ where: { id: { notEqualTo: id } } })).titles).toBe('bcde');
    }
    expect((await page({ where: { id: { in: [a?.id ?? '', b?.objectId ?? ''] } } })).titles).toBe('ab');
    expect((await page({ where: { objectId: { equalTo: a?.objectId ?? '' } } })).titles).toBe('a');
    expect((await page({ where: { objectId: { equalTo: a?.id ?? '' } } })).titles).toBe('');
  });

  it.each<[JsonObject, number, string]>([
    [{ title: null }, 1, 'Internal server error'],
    [{ title: { equalTo: null } }, 1, 'Internal server error'],
    [{ title: { in: ['a', null] } }, 1, 'Internal server error'],
    [{ NOR: [] }, 102, 'Bad $nor format - use an array of at least 1 value.'],
    [{ title: { matchesRegex: 'a', options: 'z' } }, 102, 'Bad $options value for query: z'],
    [{ ACL: { exists: true } }, 102, 'Cannot query on ACL.'],
  ])('%j is refused', async (where, code, message) => {
    expect(refusal(await list({ where }))).toEqual([code, message]);
  });
});

it('errors of a list inside of an object keep their words and lose their number, as in Parse', async () => {
  const relations = createClient();
  await relations.putClass({ className: 'Note', fields: { parts: { type: 'Relation', targetClass: 'Note' } } });
  const { id } = await relations.create('Note', {});
  const answer = await relations.ask('query ($id: ID!) { note(id: $id) { parts(first: -1) { count } } }', { id });
  expect(refusal(answer)).toEqual(['INTERNAL_SERVER_ERROR', 'First should be a positive number']);
});
