import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { attachResolvers } from '../../../src/graphql/schema/attach.ts';

const SDL = parse(
  'type User { name: String age: Int } type Place { name: String } type Query { here: Place health: Boolean } type Mutation { logIn: User }',
);
const answer = (): undefined => undefined;
const ROOTS = { Query: { here: answer, health: answer }, Mutation: { logIn: answer } };

it('attaches resolvers, where a type may leave some to their names', () => {
  const schema = attachResolvers(SDL, ROOTS);
  expect(schema.getMutationType()?.getFields()['logIn']?.resolve).toBe(answer);
});

it.each([
  ['a resolver without a field', { ...ROOTS, Mutation: { logIn: answer, logInn: answer } }, 'Mutation.logInn'],
  ['resolvers without a type', { ...ROOTS, Usr: { name: answer } }, 'Usr'],
  ['a field that is not like the others of its type', { ...ROOTS, User: { name: answer } }, 'User.age'],
  ['a root field without a resolver', { Query: ROOTS.Query }, 'Mutation.logIn'],
  ['a name that every object has', { ...ROOTS, User: { constructor: answer } }, 'User.constructor'],
])('throws for %s', (_, resolvers, named) => {
  expect(() => attachResolvers(SDL, resolvers)).toThrow(named);
});
