import { mergeSchemas } from '@graphql-tools/schema';
import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  printType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const note = { className: 'Note', fields: { name: { type: 'String' }, kind: { type: 'String' } } } as const;

const start = (options: EmulatorOptions) => {
  const emulator = createEmulator({ bcryptRounds: 4, schema: { definitions: [note] }, ...options });
  const ask = async (query: string, headers: Record<string, string> = { 'X-Parse-Master-Key': 'MASTER_KEY' }) => {
    const response = await emulator.fetch('http://localhost:1337/graphql', {
      method: 'POST',
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  return { emulator, ask };
};

const kind = new GraphQLEnumType({ name: 'Kind', values: { LONG: { value: 'long' }, SHORT: { value: 'short' } } });

type Source = { readonly name?: string };

const noteType = new GraphQLObjectType({
  name: 'Note',
  fields: {
    kind: { type: kind },
    loud: { type: new GraphQLNonNull(GraphQLString), resolve: ({ name = '' }: Source) => name.toUpperCase() },
  },
});

type Who = {
  readonly auth: { readonly isMaster: boolean; readonly user?: { readonly id: string; get(name: string): unknown } };
};

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      say: { type: GraphQLString, args: { text: { type: GraphQLString } }, resolve: (_, { text }) => text },
      made: { type: noteType, resolve: () => ({ objectId: 'abcdefghij', name: 'made up', kind: 'long' }) },
      several: { type: new GraphQLList(noteType), resolve: () => [{ name: 'one' }, { name: 'two' }] },
      failing: {
        type: GraphQLString,
        resolve: () => {
          throw Object.assign(new Error('not today'), { code: 101 });
        },
      },
      who: {
        type: GraphQLString,
        resolve: (_, __, { auth }: Who) => (auth.isMaster ? 'the master key' : String(auth.user?.get('username'))),
      },
    },
  }),
  types: [noteType, new GraphQLInputObjectType({ name: 'CreateNoteFieldsInput', fields: { kind: { type: kind } } })],
});

describe('typeDefs that are a GraphQLSchema', () => {
  it('add root fields, and fields to types of classes', async () => {
    const { ask } = start({ typeDefs: schema });
    expect(await ask('{ say(text: "hello") made { objectId name loud kind } several { name loud } }')).toEqual({
      status: 200,
      data: {
        say: 'hello',
        made: { objectId: 'abcdefghij', name: 'made up', loud: 'MADE UP', kind: 'LONG' },
        several: [
          { name: 'one', loud: 'ONE' },
          { name: 'two', loud: 'TWO' },
        ],
      },
    });
  });

  it('put their fields in the place of those of a class, in inputs too', async () => {
    const { emulator, ask } = start({ typeDefs: schema });
    expect(
      await ask('mutation { createNote(input: { fields: { name: "n", kind: SHORT } }) { note { kind loud } } }'),
    ).toEqual({
      status: 200,
      data: { createNote: { note: { kind: 'SHORT', loud: 'N' } } },
    });
    expect(await ask('mutation { createNote(input: { fields: { kind: "short" } }) { note { kind } } }')).toMatchObject({
      status: 400,
    });
    expect(emulator.printSchema()).toContain('loud: String!');
  });

  it('tell who asks by the names of Parse Server', async () => {
    const { emulator, ask } = start({ typeDefs: schema });
    await emulator.users.create({ username: 'ann', password: 'secret' });
    expect(await ask('{ who }')).toEqual({ status: 200, data: { who: 'the master key' } });
    expect(await ask('{ who }', await emulator.headersFor('ann'))).toEqual({ status: 200, data: { who: 'ann' } });
  });

  it('keep the message of what they throw, and lose its code, as in Parse Server', async () => {
    const { ask } = start({ typeDefs: schema });
    expect(await ask('{ failing }')).toMatchObject({
      data: { failing: null },
      errors: [{ message: 'not today', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
  });

  it('do not reach other emulators', async () => {
    start({ typeDefs: schema });
    expect(await start({}).ask('{ say(text: "hello") }')).toMatchObject({ status: 400 });
  });

  it('have resolvers of their own: the option is refused', () => {
    expect(() => start({ typeDefs: schema, resolvers: { Query: { say: () => 'other' } } })).toThrow(
      'Failed to start: resolvers go with typeDefs that are SDL: a GraphQLSchema brings its own',
    );
  });
});

describe('typeDefs that are a function', () => {
  it('make the schema of the own one, with the directives of Parse Server', async () => {
    const { ask } = start({
      typeDefs: ({ autoSchema, directivesDefinitionsSchema, graphQLSchemaDirectives }) =>
        graphQLSchemaDirectives(
          mergeSchemas({
            schemas: [autoSchema],
            typeDefs: [
              directivesDefinitionsSchema,
              'extend type Query { fixed: String! @mock(with: "this") add(a: Int!): Int @resolve(to: "plusOne") mine: [Note] }',
            ],
            resolvers: { Query: { mine: () => [{ objectId: 'abcdefghij', name: 'given' }] } },
          }),
        ),
      functions: { plusOne: ({ params }) => Number(params['a']) + 1 },
    });
    expect(await ask('{ health fixed add(a: 2) mine { id objectId name } }')).toEqual({
      status: 200,
      data: {
        health: true,
        fixed: 'this',
        add: 3,
        mine: [{ id: 'Tm90ZTphYmNkZWZnaGlq', objectId: 'abcdefghij', name: 'given' }],
      },
    });
    const made = await ask('mutation { createNote(input: { fields: { name: "n" } }) { note { name } } }');
    expect(made).toEqual({ status: 200, data: { createNote: { note: { name: 'n' } } } });
  });

  it('may promise it, and are asked again when a class has come', async () => {
    const seen: string[] = [];
    const { ask } = start({
      typeDefs: async ({ autoSchema }) => {
        seen.push(autoSchema.getType('Later') ? 'with' : 'without');
        return mergeSchemas({
          schemas: [autoSchema],
          typeDefs: 'extend type Query { late: String }',
          resolvers: { Query: { late: () => 'yes' } },
        });
      },
    });
    expect(await ask('{ late }')).toEqual({ status: 200, data: { late: 'yes' } });
    await ask('mutation { createClass(input: { name: "Later" }) { class { name } } }');
    expect(await ask('{ late laters { count } }')).toEqual({
      status: 200,
      data: { late: 'yes', laters: { count: 0 } },
    });
    expect(seen).toEqual(['without', 'with']);
  });

  it('that make no schema are refused when the emulator is made', () => {
    expect(() => start({ typeDefs: () => ({ getTypeMap: () => ({}) }) })).toThrow(
      /^Failed to extend the schema: typeDefs: /,
    );
  });

  it('may wrap the fields of the own schema', async () => {
    const { ask } = start({
      typeDefs: ({ autoSchema }) => {
        const fields = (autoSchema as GraphQLSchema).getType('Note');
        expect(fields && printType(fields)).toContain('type Note implements ParseObject & Node');
        const { name } = (fields as GraphQLObjectType).getFields();
        const resolve = name?.resolve;
        if (name && resolve) {
          name.resolve = async (...all) => `<${await resolve(...all)}>`;
        }
        return autoSchema;
      },
    });
    expect(await ask('mutation { createNote(input: { fields: { name: "n" } }) { note { name } } }')).toEqual({
      status: 200,
      data: { createNote: { note: { name: '<n>' } } },
    });
  });
});
