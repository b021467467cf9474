import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';
import { resolveOptions } from '../../../src/options/check.ts';
import {
  behaviourOf,
  DEFAULT_VERSION,
  PARSE_VERSIONS,
  type ParseVersion,
} from '../../../src/parse/versions/versions.ts';

const given = (parseVersion: unknown): EmulatorOptions => ({ parseVersion }) as EmulatorOptions;

describe('parseVersion', () => {
  it('is the default version unless it is given', () => {
    expect(resolveOptions().parseVersion).toBe(DEFAULT_VERSION);
  });

  it.each([['9'], ['9.10.0'], [9.1], ['']])('refuses %j with the list of those that there are', (version) => {
    const list = PARSE_VERSIONS.map((name) => `"${name}"`).join(', ');
    expect(() => createEmulator(given(version))).toThrow(
      `parseVersion must be one of ${list}, not ${JSON.stringify(version)}`,
    );
  });

  it.each(PARSE_VERSIONS)('%s brings its own defaults, which give way to what is given', (parseVersion) => {
    const { defaults } = behaviourOf({ parseVersion });
    expect(resolveOptions({ parseVersion })).toMatchObject(defaults);
    const opposite = !defaults.enforcePrivateUsers;
    expect(resolveOptions({ parseVersion, enforcePrivateUsers: opposite }).enforcePrivateUsers).toBe(opposite);
  });

  it('is told to the dashboard by its patch', async () => {
    await using emulator = createEmulator({ parseVersion: PARSE_VERSIONS[0] });
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Master-Key': 'MASTER_KEY' };
    const response = await emulator.fetch(new Request('http://localhost:1337/parse/serverInfo', { headers }));
    expect(await response.json()).toMatchObject({ parseServerVersion: expect.stringMatching(/^4\.10\.\d+$/) });
  });
});

const HEADERS = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };

const USERS = '/parse/users';
const NONE = { authData: { none: { id: 'a' } } };
const SIGN_UP = {
  query: 'mutation { logInWith(input: { authData: { none: { id: "a" } } }) { clientMutationId } }',
};

/** Answers which only the version has, by the request that gets them. */
const OWN: readonly (readonly [ParseVersion, cause: string, path: string, sent: unknown])[] = [
  ['4.10', '4.10 has a failure here, which says nothing; today it is 252.', USERS, NONE],
  ['5.6', '5.6 has a failure here, which says nothing; today it is 252.', '/graphql', SIGN_UP],
  ['6.5', '6.5 has the words of a TypeError here, and 141; today it is 252.', USERS, NONE],
  ['6.5', '6.5 has this error for authData without an id', USERS, { authData: { anonymous: { a: 1 } } }],
  ['6.5', '6.5 has no such route; today there is one.', '/parse/verifyPassword', {}],
  ['6.5', "6.5 has the words of GraphQL Yoga here; today they are Apollo Server's.", '/graphql', {}],
  ['7.5', '7.5 has this error for everybody in production', '/graphql', { query: '{ __schema { description } }' }],
  ['8.6', '8.6 has the status 500 for a where', '/parse/classes/_Role', { _method: 'GET', where: '{' }],
  [
    '7.5',
    '7.5 has this failure for a GET of objects in a batch',
    '/parse/batch',
    { requests: [{ method: 'GET', path: '/parse/classes/_Role' }] },
  ],
];

describe('explain', () => {
  const ask = async (parseVersion: ParseVersion): Promise<unknown> => {
    await using emulator = createEmulator({ parseVersion, explain: true });
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
    return (await emulator.fetch(new Request('http://localhost:1337/parse/schemas', { headers }))).json();
  };

  it("says when an answer is this version's own", async () => {
    const cause = expect.stringContaining('7.5 has words that say what was refused');
    expect(await ask('7.5')).toMatchObject({ error: 'unauthorized: master key is required', emulator: { cause } });
  });

  it.each(OWN)('says on %s that %s', async (parseVersion, cause, path, sent) => {
    await using emulator = createEmulator({ parseVersion, explain: true, bcryptRounds: 4 });
    await emulator.fetch(
      new Request(`http://localhost:1337${path}`, { method: 'POST', headers: HEADERS, body: JSON.stringify(sent) }),
    );
    expect(emulator.requests.at(-1)?.cause).toContain(cause);
  });

  it('says nothing of versions where the answer is that of today', async () => {
    expect(JSON.stringify(await ask('9.10'))).not.toContain(' has words');
  });
});
