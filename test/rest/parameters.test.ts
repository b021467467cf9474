import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/operations/context.ts';
import { ParseError } from '../../src/parse/error.ts';
import type { JsonObject } from '../../src/parse/record.ts';
import { DEFAULT_VERSION } from '../../src/parse/versions/versions.ts';
import type { RestCall } from '../../src/rest/message.ts';
import { toQuery, toSelection } from '../../src/rest/parameters.ts';

const contextWith = (maxLimit?: number, defaultLimit = 100): Context =>
  ({ options: { maxLimit, defaultLimit, parseVersion: DEFAULT_VERSION } }) as unknown as Context;

const call = (query: { [name: string]: string }, fields: JsonObject = {}): RestCall => ({
  method: 'GET',
  path: '/classes/Todo',
  query,
  fields,
  body: fields,
  headers: {},
  named: { className: 'Todo', objectId: '', name: '' },
});

const findOf = (query: { [name: string]: string }, maxLimit?: number): unknown =>
  toQuery(call(query), contextWith(maxLimit));

describe('the parameters of a query', () => {
  it.each<[{ [name: string]: string }, object]>([
    [{}, { limit: 100 }],
    [{ limit: '5' }, { limit: 5 }],
    [
      { limit: '0', count: '1' },
      { limit: 0, count: true },
    ],
    [{ limit: '', count: '0' }, { limit: 100 }],
    [{ limit: 'many' }, { limit: 100 }],
    [{ limit: '-1' }, { limit: 100 }],
    [{ limit: '1000' }, { limit: 1000 }],
    [{ skip: '3' }, { limit: 100, skip: 3 }],
    [{ skip: '-3' }, { limit: 100 }],
    [{ order: 'title,-createdAt' }, { limit: 100, order: ['title', '-createdAt'] }],
    [{ order: ' title , -createdAt' }, { limit: 100, order: ['title', '-createdAt'] }],
    [{ where: '{"title":"a"}' }, { limit: 100, where: { title: 'a' } }],
    [{ keys: 'title,owner' }, { limit: 100, keys: ['title', 'owner'] }],
    [{ keys: '["title","owner"]' }, { limit: 100, keys: ['title', 'owner'] }],
    [{ keys: '' }, { limit: 100, keys: [] }],
    [{ keys: 'owner.username' }, { limit: 100, keys: ['owner.username'] }],
    [{ excludeKeys: 'title' }, { limit: 100, excludeKeys: ['title'] }],
    [{ include: 'owner,owner.friend' }, { limit: 100, include: ['owner', 'owner.friend'] }],
    [{ include: ' owner' }, { limit: 100, include: [' owner'] }],
    [{ include: '*' }, { limit: 100, include: ['*'] }],
    [
      { includeAll: 'true', keys: 'title' },
      { limit: 100, keys: ['title'], includeAll: true },
    ],
    [{ redirectClassNameForKey: 'watchers' }, { limit: 100, redirectClassNameForKey: 'watchers' }],
    [{ explain: 'executionStats' }, { limit: 100, explain: true }],
    [{ explain: '0' }, { limit: 100 }],
    [{ where: '[]' }, { limit: 100, where: {} }],
    [
      { readPreference: 'SECONDARY', hint: 'x', comment: 'y' },
      { limit: 100, readPreference: 'SECONDARY' },
    ],
  ])('%j means %j', (query, expected) => {
    expect(findOf(query)).toEqual(expected);
  });

  it('reads them from the body as from the address, which wins', () => {
    const query = toQuery(call({ limit: '2' }, { where: { title: 'a' }, limit: 1 }), contextWith());
    expect(query).toEqual({ where: { title: 'a' }, limit: 2 });
  });

  it('holds a limit down to maxLimit, but not the default one', () => {
    expect(findOf({ limit: '50' }, 10)).toEqual({ limit: 10 });
    expect(findOf({ limit: '5' }, 10)).toEqual({ limit: 5 });
    expect(findOf({}, 10)).toEqual({ limit: 100 });
  });

  it('takes defaultLimit where none is asked for', () => {
    expect(toQuery(call({}), contextWith(undefined, 2))).toEqual({ limit: 2 });
    expect(toQuery(call({ limit: '5' }), contextWith(undefined, 2))).toEqual({ limit: 5 });
  });

  it.each([
    [{ colour: 'red' }, 102, 'Invalid parameter for query: colour'],
    [{ __proto__x: '1' }, 102, 'Invalid parameter for query: __proto__x'],
    [{ where: 'rubbish' }, 107, 'where parameter is not valid JSON'],
    [{ where: '' }, 107, 'where parameter is not valid JSON'],
    [{ where: '5' }, 107, 'where parameter is not valid JSON'],
  ])('%j is refused with %i %s', (query, code, message) => {
    expect(() => findOf(query)).toThrow(new ParseError(code, message));
  });

  it('takes no parameter named __proto__', () => {
    const fields: JsonObject = JSON.parse('{"__proto__":{"limit":1}}');
    expect(() => toQuery(call({}, fields), contextWith())).toThrow('Invalid parameter for query: __proto__');
  });
});

describe('the parameters of a GET of one object', () => {
  it('are keys, excludeKeys and include', () => {
    expect(toSelection(call({ keys: 'title', include: 'owner', excludeKeys: 'tags' }))).toEqual({
      keys: ['title'],
      include: ['owner'],
      excludeKeys: ['tags'],
    });
  });

  it.each(['where', 'limit', 'count', 'rubbish'])('are not %s', (name) => {
    expect(() => toSelection(call({ [name]: '1' }))).toThrow('Improper encode of parameter');
  });
});
