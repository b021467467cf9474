import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const ask = async (options: EmulatorOptions, query: string, headers: Record<string, string> = {}): Promise<unknown> => {
  const emulator = createEmulator({ bcryptRounds: 4, ...options });
  const response = await emulator.fetch(
    new Request('http://localhost:1337/graphql', {
      method: 'POST',
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    }),
  );
  return response.json();
};

const typeDefs = `
  extend type Query {
    greeting: String!
    quota: Int
    whoAmI: String
    fixed: String! @mock(with: "always this")
    sum(a: Int!, b: Int!): Int @resolve(to: "add")
    hello: String @resolve
    plan: Plan
    plans: [Plan!]!
  }
  extend type User { initials: String }
  type Plan { name: String! seats: Int! }
`;

describe('typeDefs', () => {
  it('without more answer mock values of their types', async () => {
    const answer = await ask({ typeDefs }, '{ greeting quota plan { name seats } plans { name } }');
    expect(answer).toEqual({
      data: {
        greeting: expect.any(String),
        quota: expect.any(Number),
        plan: { name: expect.any(String), seats: expect.any(Number) },
        plans: expect.arrayContaining([{ name: expect.any(String) }]),
      },
    });
  });

  it('answer with the mocks that are given for a type', async () => {
    const mocks = { Plan: () => ({ name: 'team', seats: 5 }), Int: () => 7 };
    expect(await ask({ typeDefs, mocks }, '{ quota plan { name seats } }')).toEqual({
      data: { quota: 7, plan: { name: 'team', seats: 5 } },
    });
  });

  it('@mock(with:) says the value, @resolve calls a function of the options', async () => {
    const functions = {
      add: ({ params }: { params: { [name: string]: unknown } }) => Number(params['a']) + Number(params['b']),
      hello: () => 'from the cloud',
    };
    expect(await ask({ typeDefs, functions }, '{ fixed sum(a: 2, b: 3) hello }')).toEqual({
      data: { fixed: 'always this', sum: 5, hello: 'from the cloud' },
    });
  });

  it('@resolve to a function that is not there is error 141', async () => {
    expect(await ask({ typeDefs }, '{ hello }')).toMatchObject({
      data: { hello: null },
      errors: [{ message: 'Invalid function: "hello"', extensions: { code: 141 } }],
    });
  });

  it('resolvers know who asks, and the object that has the field', async () => {
    const answer = await ask(
      {
        typeDefs,
        resolvers: {
          Query: { whoAmI: (_, __, { isMaster }) => (isMaster ? 'the master key' : 'somebody') },
          User: { initials: (user) => String(Reflect.get(Object(user), 'username')).slice(0, 1) },
        },
      },
      'mutation { signUp(input: { fields: { username: "ann", password: "secret" } }) { viewer { user { username initials } } } }',
    );
    expect(answer).toEqual({ data: { signUp: { viewer: { user: { username: 'ann', initials: 'a' } } } } });
  });

  it('leave every field of the user API real, null where Parse says null', async () => {
    const answer = await ask(
      { typeDefs, mocks: { String: () => 'MOCK', Boolean: () => true } },
      `mutation { signUp(input: { fields: { username: "ann", password: "secret" } }) {
        clientMutationId viewer { user { username email emailVerified authData ACL { public { read } roles { roleName } } } } } }`,
    );
    expect(answer).toEqual({
      data: {
        signUp: {
          clientMutationId: null,
          viewer: {
            user: {
              username: 'ann',
              email: null,
              emailVerified: null,
              authData: null,
              ACL: { public: null, roles: null },
            },
          },
        },
      },
    });
    expect(await ask({ typeDefs }, '{ viewer { sessionToken } }')).toMatchObject({
      errors: [{ extensions: { code: 209 } }],
    });
  });

  it('a field of one of the emulator’s own types answers a mock of it', async () => {
    const answer = await ask(
      {
        typeDefs: 'extend type Query { bestUser: User anything: Node }',
        mocks: { User: () => ({ username: 'mocked' }) },
      },
      '{ bestUser { username id createdAt ACL { public { read } } } anything { id } }',
    );
    expect(answer).toMatchObject({
      data: { bestUser: { username: 'mocked', id: expect.any(String) }, anything: { id: expect.any(String) } },
    });
  });

  it.each([
    ['SDL that cannot be read', { typeDefs: 'extend type Query {' }, /typeDefs: Syntax Error/],
    ['a type that is not there', { typeDefs: 'extend type Query { x: Nothing }' }, /Nothing/],
    ['a type that is the emulator’s', { typeDefs: 'type User { nick: String }' }, /User is the emulator's own/],
    ['a root of its own', { typeDefs: 'schema { query: Mine } type Mine { x: Int }' }, /schema: the roots are/],
    [
      'a root that is added',
      { typeDefs: 'extend schema { mutation: Mine } type Mine { x: Int }' },
      /schema: the roots are/,
    ],
    [
      'a directive that is the emulator’s',
      { typeDefs: 'directive @mock on FIELD_DEFINITION' },
      /@mock is the emulator's own/,
    ],
    ['an input that is the emulator’s', { typeDefs: 'extend input LogInInput { foo: String! }' }, /LogInInput: nobody/],
    [
      'a type without fields',
      { typeDefs: 'type P extend type Query { p: P }' },
      /Type P must define one or more fields/,
    ],
    ['a name that is reserved', { typeDefs: 'extend type Query { __p: Int }' }, /__p/],
    ['a mistake in a line further down', { typeDefs: 'type A {\n a: Int\n b Int\n}' }, /line 3, column 4/],
    ['a subscription', { typeDefs: 'type Subscription { x: Int }' }, /no subscriptions/],
    ['a field that is the emulator’s', { typeDefs: 'extend type Query { health: Boolean }' }, /health/],
    [
      'a resolver without a field',
      { typeDefs, resolvers: { Query: { nothing: () => 1 } } },
      /resolvers\.Query\.nothing/,
    ],
    [
      'a resolver of the emulator’s own field',
      { typeDefs, resolvers: { Query: { viewer: () => 1 } } },
      /the emulator's own field/,
    ],
  ])('%s is refused at once', (_, options, message) => {
    expect(() => createEmulator(options)).toThrow(message);
  });
});
