import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import demo from '../../fixtures/demo.json' with { type: 'json' };
import { createEmulator, type Emulator, type Fixtures } from '../../src/index.ts';

const start = (): Emulator => createEmulator({ bcryptRounds: 4 });

const ask = async (emulator: Emulator, query: string, headers: Record<string, string> = {}): Promise<unknown> => {
  const { body } = await emulator.handle({
    method: 'POST',
    url: '/graphql',
    headers: { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return JSON.parse(String(body));
};

const logIn = (username: string, password: string): string =>
  `mutation { logIn(input: { username: "${username}", password: "${password}" }) { viewer { user { username } } } }`;

const pointer = (by: object): object => ({ __type: 'Pointer', className: '_User', ...by });

describe('fixtures', () => {
  it('of the demo load, and its users log in with their plain passwords', async () => {
    const emulator = start();
    await emulator.seed(demo);
    expect(await ask(emulator, logIn('johndoe', 'ASuperStrongPassword'))).toEqual({
      data: { logIn: { viewer: { user: { username: 'johndoe' } } } },
    });
    expect(JSON.stringify(emulator.snapshot())).not.toContain('ASuperStrongPassword');
  });

  it('fill in ids, dates and rights to oneself, and keep what they say', async () => {
    const emulator = start();
    await emulator.seed({
      _User: [
        { username: 'ann', password: 'x' },
        { objectId: 'bobbobbob1', username: 'bob', ACL: {} },
      ],
    });
    const [ann, bob] = emulator.snapshot()['_User'] ?? [];
    expect(ann).toMatchObject({
      objectId: expect.stringMatching(/^[A-Za-z0-9]{10}$/),
      createdAt: expect.stringMatching(/Z$/),
      ACL: { [String(ann?.['objectId'])]: { read: true, write: true } },
    });
    expect(bob).toMatchObject({ objectId: 'bobbobbob1', ACL: {} });
  });

  it('name users in pointers and list the members of relations', async () => {
    const emulator = start();
    await emulator.seed({
      _User: [{ username: 'ann', password: 'x' }],
      _Role: [{ name: 'admin', ACL: { '*': { read: true } }, users: [pointer({ username: 'ann' })] }],
      Todo: [{ title: 'Try it', owner: pointer({ username: 'ann' }) }],
    });
    const headers = { 'x-parse-master-key': 'MASTER_KEY' };
    const query =
      '{ roles { edges { node { users { edges { node { username } } } } } } todos { edges { node { owner { username } } } } }';
    expect(await ask(emulator, query, headers)).toEqual({
      data: {
        roles: { edges: [{ node: { users: { edges: [{ node: { username: 'ann' } }] } } }] },
        todos: { edges: [{ node: { owner: { username: 'ann' } } }] },
      },
    });
  });

  it('may be what a dashboard exports, and a snapshot of another emulator', async () => {
    const emulator = start();
    await emulator.seed({ _User: { results: [{ username: 'ann', password: 'x' }] } });
    const other = start();
    await other.seed(emulator.snapshot() as Fixtures);
    expect(other.snapshot()).toEqual(emulator.snapshot());
  });

  it('are what reset comes back to', async () => {
    const emulator = start();
    await emulator.seed({ _User: [{ username: 'ann', password: 'x' }] });
    const before = emulator.snapshot();
    await ask(
      emulator,
      'mutation { signUp(input: { fields: { username: "bob", password: "x" } }) { clientMutationId } }',
    );
    expect(emulator.snapshot()['_User']).toHaveLength(2);
    await emulator.reset();
    expect(emulator.snapshot()).toEqual(before);
  });

  it.each([
    [[], 'fixtures: [] is no object with lists by class name'],
    [{ _User: 5 }, '_User: 5 is no list of objects'],
    [{ _User: [5] }, '_User[0]: 5 is no object'],
    [{ 'no class': [] }, 'no class: Invalid classname: no class'],
    [{ _User: [{ password: 'x' }] }, '_User[0].username: a user needs a username'],
    [{ _User: [{ username: 5 }] }, '_User[0].username: expected String but got Number'],
    [{ _User: [{ username: 'a' }, { username: 'b', email: 'x' }] }, '_User[1].email: "x" is not a valid email address'],
    [{ _User: [{ username: 'ann' }, { username: 'ANN' }] }, '_User[1].username: "ANN" is the username of _User[0] too'],
    [
      {
        _User: [
          { username: 'a', email: 'a@b' },
          { username: 'b', email: 'A@B' },
        ],
      },
      '_User[1].email: "A@B" is the email of _User[0] too',
    ],
    [{ _User: [{ username: 'a', objectId: '' }] }, '_User[0].objectId: "" is no object id'],
    [{ _User: [{ username: 'a', createdAt: 'then' }] }, '_User[0].createdAt: "then" is no date'],
    [{ _User: [{ username: 'a', password: 5 }] }, '_User[0].password'],
    [{ _User: [{ username: 'a', _hashed_password: 'plain' }] }, '_User[0]._hashed_password: this is no bcrypt hash'],
    [
      { _User: [{ username: 'a', friend: pointer({ username: 'b' }) }] },
      '_User[0].friend: there is no _User whose username is "b"',
    ],
    [{ _User: [{ username: 'a', friend: pointer({}) }] }, '_User[0].friend'],
    [{ Todo: [{ n: 1 }, { n: 'x' }] }, 'Todo[1].n: expected Number but got String'],
    [{ Todo: [{ objectId: 'a' }, { objectId: 'a' }] }, 'Todo[1].objectId: "a" is the object id of Todo[0] too'],
    [{ schemas: [{ fields: {} }] }, 'schemas[0].className'],
    [
      { schemas: [{ className: 'Todo', fields: { x: { type: 'Nope' } } }] },
      'schemas[0].fields.x: invalid field type: Nope',
    ],
    [
      { schemas: [{ className: 'Todo', fields: { x: { type: 'Pointer' } } }] },
      'schemas[0].fields.x: type Pointer needs a class name',
    ],
    [
      { schemas: [{ className: 'Todo', classLevelPermissions: { nope: {} } }] },
      'schemas[0].classLevelPermissions: nope is not a valid operation',
    ],
    [{ _Role: [{ name: 'r', users: [5] }] }, '_Role[0].users[0]: 5 is no pointer to _User'],
  ])('%j are refused with the place of the mistake, and nothing is loaded', async (fixtures, message) => {
    const emulator = start();
    await emulator.seed({ _User: [{ username: 'present', password: 'x' }] });
    const before = emulator.snapshot();
    await expect(emulator.seed(fixtures as Fixtures)).rejects.toThrow(message);
    expect(emulator.snapshot()).toEqual(before);
  });

  it('a name that is there already is refused, the same object is not', async () => {
    const emulator = start();
    const ann = { objectId: 'annannann1', username: 'ann' };
    await emulator.seed({ _User: [ann] });
    await expect(emulator.seed({ _User: [{ username: 'Ann' }] })).rejects.toThrow('there already');
    await emulator.seed({ _User: [{ ...ann, email: 'ann@example.com' }] });
    expect(emulator.snapshot()['_User']).toMatchObject([{ username: 'ann', email: 'ann@example.com' }]);
  });

  const value = fc.jsonValue({ maxDepth: 3 });
  const fields = fc.dictionary(
    fc.constantFrom(
      'objectId',
      'username',
      'email',
      'ACL',
      'createdAt',
      'authData',
      'x',
      '__proto__',
      'constructor',
      '_x',
      'a.b',
      '',
    ),
    value,
    { maxKeys: 4 },
  );
  const anything = fc.dictionary(
    fc.constantFrom(
      '_User',
      '_Role',
      '_Session',
      'Todo',
      'schemas',
      '_Join:users:_Role',
      '_GlobalConfig',
      '_File',
      '__proto__',
      'x y',
    ),
    fc.oneof(fc.array(fc.oneof(fields, value), { maxLength: 3 }), value),
    { maxKeys: 4 },
  );

  it('of any kind load whole or not at all, and leave an emulator that answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, value), async (fixtures) => {
        const emulator = start();
        await emulator.seed({ _User: [{ username: 'present', password: 'x' }] });
        const before = emulator.snapshot();
        const refused = await emulator.seed(fixtures as Fixtures).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (refused !== undefined) {
          expect(refused).toBeInstanceOf(Error);
          expect(emulator.snapshot()).toEqual(before);
        }
        expect(await ask(emulator, '{ health }')).toEqual({ data: { health: true } });
        expect(await ask(emulator, logIn('present', 'x'))).toMatchObject({ data: { logIn: { viewer: {} } } });
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});
