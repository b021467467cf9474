import { expect, it } from 'vitest';
import { toGraphQLClasses } from '../../../src/graphql/schema/naming.ts';
import type { ClassSchema } from '../../../src/parse/classes/schema.ts';

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
  expect(toGraphQLClasses(named(className))).toEqual([{ className, typeName, one, many, fields: [] }]);
});

it('of two classes with one name the first is taken', () => {
  const classNames = (...given: string[]): string[] => toGraphQLClasses(named(...given)).map((made) => made.className);
  expect(classNames('thing', 'Thing')).toEqual(['Thing']);
  expect(classNames('User', '_User')).toEqual(['_User']);
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
