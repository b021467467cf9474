import { describe, expect, it } from 'vitest';
import { toGraphQLClasses } from '../../../../src/graphql/schema/classes/naming.ts';
import type { ClassSchema } from '../../../../src/parse/classes/schema.ts';

const named = (...classNames: string[]): ClassSchema[] => classNames.map((className) => ({ className, fields: {} }));

it.each([
  ['_User', 'User', 'user', 'users'],
  ['_Role', 'Role', 'role', 'roles'],
  ['shoppingList', 'ShoppingList', 'shoppingList', 'shoppingLists'],
  ['Person', 'Person', 'person', 'people'],
  ['City', 'City', 'city', 'cities'],
  ['Box', 'Box', 'box', 'boxes'],
  ['Child', 'Child', 'child', 'children'],
  ['Address', 'Address', 'address', 'addresses'],
  ['Wolf', 'Wolf', 'wolf', 'wolves'],
  ['Todo_2', 'Todo_2', 'todo_2', 'todo_2s'],
  ['Sheep', 'Sheep', 'sheep', undefined],
  ['Settings', 'Settings', 'settings', undefined],
])('%s is the type %s, with the queries %s and %s', (className, typeName, one, many) => {
  const [made] = toGraphQLClasses(named(className));
  expect(made).toMatchObject({ className, typeName, one, getQuery: one });
  expect(made?.mutations.map(({ name }) => name)).toEqual([
    `create${typeName}`,
    `update${typeName}`,
    `delete${typeName}`,
  ]);
  expect(made?.findQuery).toBe(many);
  expect(made?.taken).toEqual(many === undefined ? [`query ${one}`] : []);
});

it.each([
  [['thing', 'Thing'], 'Thing', 'thing'],
  [['User', '_User'], '_User', 'User'],
])('of the classes %j that have one name %s has it, and %s nothing', (given, first, second) => {
  const made = toGraphQLClasses(named(...given));
  const namesOf = (className: string): unknown => {
    const { types, getQuery, findQuery, mutations } = made.find((one) => one.className === className) ?? {};
    return { types: Object.keys(types ?? {}).length, getQuery, findQuery, mutations: mutations?.length };
  };
  expect(namesOf(first)).toMatchObject({ types: 10, mutations: 3 });
  expect(namesOf(second)).toEqual({ types: 0, getQuery: undefined, findQuery: undefined, mutations: 0 });
});

describe('a class goes without the names that are taken:', () => {
  const own = {
    types: ['Subscription', 'Bytes', 'BytesWhereInput', 'CreateFileInput'],
    queries: ['health'],
    mutations: ['createFile'],
  };
  it.each([
    ['Subscription', ['type Subscription']],
    ['Bytes', ['type BytesWhereInput', 'type Bytes', 'query bytes']],
    ['File', ['type CreateFileInput']],
    ['Health', ['query health']],
    ['ItemOrder', ['type ItemOrder']],
    ['ItemConnection', ['type ItemConnection']],
    ['Connection', ['type Connection']],
    ['ItemEdge', ['type ItemEdge']],
    ['CreateItemFieldsInput', []],
    ['Items', ['query items']],
  ])('%s without %j', (className, taken) => {
    const made = toGraphQLClasses(named('Item', className), own);
    expect(made.find((one) => one.className === className)?.taken).toEqual(taken);
  });

  it('a part of a class comes after a class that has its name', () => {
    const [, item] = toGraphQLClasses(named('Item', 'CreateItemFieldsInput'), own);
    expect(item?.taken).toEqual(['type CreateItemFieldsInput']);
  });
});

it("Parse's own classes come first, the others by name", () => {
  const made = toGraphQLClasses(named('beta', 'Zoo', '_User', 'Alpha', '_Role'));
  expect(made.map(({ className }) => className)).toEqual(['_Role', '_User', 'Alpha', 'Zoo', 'beta']);
});

it('fields are sorted by name, capitals first, without those that every object has', () => {
  const fields: ClassSchema['fields'] = {
    title: { type: 'String' },
    objectId: { type: 'String' },
    Zone: { type: 'Number' },
    ACL: { type: 'ACL' },
    createdAt: { type: 'Date' },
    updatedAt: { type: 'Date' },
    done: { type: 'Boolean' },
  };
  const [made] = toGraphQLClasses([{ className: 'Todo', fields }]);
  expect(made?.fields.map(([name]) => name)).toEqual(['Zone', 'done', 'title']);
});
