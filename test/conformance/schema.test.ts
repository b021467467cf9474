import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ClassSchema, createEmulator, type EmulatorOptions } from '../../src/index.ts';
import { schemaLines } from './schema-lines.ts';

const read = (fileName: string): string[] => schemaLines(readFileSync(new URL(fileName, import.meta.url), 'utf8'));

const printed = (options: EmulatorOptions): string[] => schemaLines(createEmulator(options).printSchema());

const without = (lines: readonly string[], others: readonly string[]): string[] => {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line));
};

/** The classes that the second schema was recorded with. */
const TODO: readonly ClassSchema[] = [
  {
    className: '_User',
    fields: {
      phone: { type: 'String' },
      age: { type: 'Number' },
      vip: { type: 'Boolean' },
      birthday: { type: 'Date' },
      tags: { type: 'Array' },
      settings: { type: 'Object' },
      home: { type: 'GeoPoint' },
      avatar: { type: 'File' },
      bestFriend: { type: 'Pointer', targetClass: '_User' },
      friends: { type: 'Relation', targetClass: '_User' },
    },
  },
  {
    className: 'Todo',
    fields: {
      title: { type: 'String' },
      done: { type: 'Boolean' },
      priority: { type: 'Number' },
      owner: { type: 'Pointer', targetClass: '_User' },
      watchers: { type: 'Relation', targetClass: '_User' },
    },
  },
];

describe.each([
  ['schema.graphql', undefined],
  ['schema-todo.graphql', { schema: { definitions: TODO } }],
])('the printed schema beside %s', (fileName, options) => {
  const recorded = read(fileName);

  it('is the same without the older forms', () => {
    const lines = printed({ ...options, legacyForms: false });
    expect(without(recorded, lines)).toEqual([]);
    expect(without(lines, recorded)).toEqual([]);
  });

  it('has just the older forms more with them', () => {
    const lines = printed({ ...options });
    expect(without(recorded, lines)).toEqual([]);
    expect(without(lines, recorded)).toEqual([
      'input SignUpInput.userFields: CreateUserFieldsInput',
      'type LogOutPayload.viewer: Viewer',
    ]);
  });
});

it('a schema differs by type, by nullability, by argument and by default', () => {
  const sdl = (field: string): string[] => schemaLines(`type Query { ${field} } input I { a: Int } enum E { A }`);
  const lines = sdl('users(first: Int = 10): [String!]!');
  for (const other of ['users(first: Int = 1): [String!]!', 'users(first: Int!): [String!]!', 'users: [String!]!']) {
    expect(sdl(other)).not.toEqual(lines);
  }
  expect(without(lines, sdl('users(first: Int = 10): [String]!'))).toEqual(['type Query.users: [String!]!']);
});
