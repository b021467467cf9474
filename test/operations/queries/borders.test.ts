import { beforeEach, describe, expect, it } from 'vitest';
import type { ClassSchema } from '../../../src/index.ts';
import { as, type Client, createClient, MASTER } from '../../support/rest-client.ts';

type Permissions = NonNullable<ClassSchema['classLevelPermissions']>;
type Who = 'nobody' | 'ann' | 'bob' | 'master';
type Outcome = number | readonly string[];

const ANYBODY = { '*': true } as const;
const OPEN: Permissions = { find: ANYBODY, get: ANYBODY, count: ANYBODY, create: ANYBODY };
const PUBLIC = { '*': { read: true } };
const P = (className: string, objectId: string) => ({ __type: 'Pointer', className, objectId });

let client: Client;
let ids: { readonly [name: string]: string };
let tokens: { readonly [name: string]: string };

const headersOf = (who: Who) => (who === 'nobody' ? undefined : who === 'master' ? MASTER : as(tokens[who] ?? ''));

const make = async (path: string, body: object): Promise<string> => {
  const answer = await client.call('POST', path, body, MASTER);
  expect(answer.status).toBe(201);
  return (answer.body as { objectId: string }).objectId;
};

beforeEach(async () => {
  client = createClient();
  const signedUp = await Promise.all(['ann', 'bob', 'cat'].map((name) => client.signUp(name, { ACL: PUBLIC })));
  const [ann, bob, cat] = signedUp.map(({ objectId }) => objectId);
  ids = { ann: ann ?? '', bob: bob ?? '', cat: cat ?? '' };
  tokens = { ann: signedUp[0]?.sessionToken ?? '', bob: signedUp[1]?.sessionToken ?? '' };
});

const named = (who: readonly string[]) => ({
  __op: 'AddRelation',
  objects: who.map((name) => P('_User', ids[name] ?? '')),
});

// The team is ann's, bob has its role, and ann and cat are its members. What a real Parse Server 9.10 answers.
describe('$relatedTo asks whether the caller may read the object that has the relation', () => {
  const MEMBERS: Outcome = ['ann', 'cat'];

  const makeTeam = async (permissions: Permissions = OPEN, ACL: object | undefined = undefined): Promise<string> => {
    const fields: ClassSchema['fields'] = {
      owner: { type: 'Pointer', targetClass: '_User' },
      members: { type: 'Relation', targetClass: '_User' },
    };
    await client.call(
      'POST',
      '/schemas/Team',
      { className: 'Team', fields, classLevelPermissions: permissions },
      MASTER,
    );
    await make('/roles', { name: 'staff', ACL: PUBLIC, users: named(['bob']) });
    return make('/classes/Team', {
      owner: P('_User', ids['ann'] ?? ''),
      members: named(['ann', 'cat']),
      ...(ACL && { ACL }),
    });
  };

  const ask = async (where: object, who: Who, path = '/users'): Promise<Outcome> => {
    const search = `where=${encodeURIComponent(JSON.stringify(where))}&order=username`;
    const { status, body } = await client.call('GET', `${path}?${search}`, undefined, headersOf(who));
    const { results, code } = body as { results: { username?: string }[]; code: number };
    return status === 200 ? results.map(({ username }) => username ?? '') : code;
  };

  it.each<[string, Permissions, () => object | undefined, readonly [Outcome, Outcome, Outcome]]>([
    ['an open one', OPEN, () => undefined, [MEMBERS, MEMBERS, MEMBERS]],
    ['one that nobody may read', OPEN, () => ({}), [[], [], []]],
    ["ann's", OPEN, () => ({ [ids['ann'] ?? '']: { read: true } }), [[], MEMBERS, []]],
    ['one that ann may write', OPEN, () => ({ [ids['ann'] ?? '']: { write: true } }), [[], [], []]],
    ["a role's", OPEN, () => ({ 'role:staff': { read: true } }), [[], [], MEMBERS]],
    ['one of a class that is closed to get', { ...OPEN, get: {} }, () => undefined, [[], [], []]],
    ['one of a class that is closed to find', { ...OPEN, find: {} }, () => undefined, [MEMBERS, MEMBERS, MEMBERS]],
    [
      'one for those who are logged in',
      { ...OPEN, get: { requiresAuthentication: true } },
      () => undefined,
      [[], MEMBERS, MEMBERS],
    ],
    ['one for its owner', { ...OPEN, get: { pointerFields: ['owner'] } }, () => undefined, [[], MEMBERS, []]],
    [
      'one with a protected field',
      { ...OPEN, protectedFields: { '*': ['members'] } },
      () => undefined,
      [119, 119, 119],
    ],
    [
      'one with a field that is protected from strangers',
      { ...OPEN, protectedFields: { '*': ['members'], authenticated: [] } },
      () => undefined,
      [119, MEMBERS, MEMBERS],
    ],
  ])('of %s', async (_, permissions, acl, [nobody, ann, bob]) => {
    const object = P('Team', await makeTeam(permissions, acl()));
    const where = { $relatedTo: { object, key: 'members' } };
    expect(await ask(where, 'nobody')).toEqual(nobody);
    expect(await ask(where, 'ann')).toEqual(ann);
    expect(await ask(where, 'bob')).toEqual(bob);
    expect(await ask(where, 'master')).toEqual(MEMBERS);
  });

  it('inside of other constraints, too', async () => {
    const hidden = { $relatedTo: { object: P('Team', await makeTeam(OPEN, {})), key: 'members' } };
    expect(await ask({ $or: [hidden, { username: 'bob' }] }, 'ann')).toEqual(['bob']);
    expect(await ask({ $and: [hidden, { username: 'cat' }] }, 'ann')).toEqual([]);
    expect(await ask({ $nor: [hidden] }, 'ann')).toEqual(['ann', 'bob', 'cat']);
    expect(await ask({ $nor: [hidden] }, 'master')).toEqual(['bob']);
    const query = { className: '_User', where: hidden };
    expect(await ask({ objectId: { $select: { query, key: 'objectId' } } }, 'ann')).toEqual([]);
  });

  it('beside others it is no key, as with Parse Server', async () => {
    const shown = { $relatedTo: { object: P('Team', await makeTeam()), key: 'members' } };
    expect(await ask({ ...shown, $or: [{ username: 'cat' }] }, 'ann')).toBe(105);
    expect(await ask({ $or: [{ username: 'cat' }], $and: [shown] }, 'ann')).toBe(105);
    expect(await ask({ ...shown, username: 'cat' }, 'ann')).toEqual(['cat']);
  });

  it('of a role', async () => {
    const roleId = await make('/roles', { name: 'hidden', ACL: {}, users: named(['ann', 'bob']) });
    const where = { $relatedTo: { object: P('_Role', roleId), key: 'users' } };
    expect(await ask(where, 'ann')).toEqual([]);
    expect(await ask(where, 'master')).toEqual(['ann', 'bob']);
  });

  it('finds nothing of what is not there', async () => {
    const id = await makeTeam();
    expect(await ask({ $relatedTo: { object: P('Team', 'xxxxxxxxxx'), key: 'members' } }, 'ann')).toEqual([]);
    expect(await ask({ $relatedTo: { object: P('Nowhere', id), key: 'members' } }, 'ann')).toEqual([]);
    expect(await ask({ $relatedTo: { object: P('Team', id), key: 'nothing' } }, 'ann')).toEqual([]);
  });
});

// A post of everybody's points at a note of ann's class.
describe('include asks the included class for `get`', () => {
  const NOTE: Outcome = ['note'];

  const makePost = async (permissions: Permissions): Promise<string> => {
    await make('/roles', { name: 'staff', ACL: PUBLIC, users: named(['bob']) });
    const fields: ClassSchema['fields'] = {
      title: { type: 'String' },
      owner: { type: 'Pointer', targetClass: '_User' },
    };
    await client.call(
      'POST',
      '/schemas/Note',
      { className: 'Note', fields, classLevelPermissions: permissions },
      MASTER,
    );
    const note = await make('/classes/Note', { title: 'note', owner: P('_User', ids['ann'] ?? '') });
    const postFields: ClassSchema['fields'] = {
      one: { type: 'Pointer', targetClass: 'Note' },
      many: { type: 'Array' },
    };
    await client.call(
      'POST',
      '/schemas/Post',
      { className: 'Post', fields: postFields, classLevelPermissions: OPEN },
      MASTER,
    );
    return make('/classes/Post', { one: P('Note', note), many: [P('Note', note)] });
  };

  const ask = async (path: string, who: Who): Promise<Outcome> => {
    const { status, body } = await client.call('GET', path, undefined, headersOf(who));
    const { results, code } = body as { results?: object[]; code: number };
    const [post] = results ?? [body as object];
    const [shown] = [Reflect.get(post ?? {}, path.includes('one') ? 'one' : 'many')].flat();
    return status === 200 ? (shown ? [shown.title] : []) : code;
  };

  const askGraphQL = async (id: string, who: Who): Promise<Outcome> => {
    const query = `{ post(id: "${id}") { one { title } } }`;
    const headers = {
      'Content-Type': 'application/json',
      ...(headersOf(who) ?? { 'X-Parse-Application-Id': 'APPLICATION_ID' }),
    };
    const request = new Request('http://localhost/graphql', {
      method: 'POST',
      headers,
      body: JSON.stringify({ query }),
    });
    const { data, errors } = await (await client.emulator.fetch(request)).json();
    return errors ? errors[0].extensions.code : data.post.one ? [data.post.one.title] : [];
  };

  it.each<[string, Permissions, readonly [Outcome, Outcome, Outcome]]>([
    ['all may', OPEN, [NOTE, NOTE, NOTE]],
    ['find is closed', { ...OPEN, find: {} }, [NOTE, NOTE, NOTE]],
    ['get is closed', { ...OPEN, get: {} }, [119, 119, 119]],
    ['get takes a log-in', { ...OPEN, get: { requiresAuthentication: true } }, [101, NOTE, NOTE]],
    ['get takes the owner', { ...OPEN, get: { pointerFields: ['owner'] } }, [101, NOTE, []]],
    ['the owner may read', { ...OPEN, get: {}, readUserFields: ['owner'] }, [101, NOTE, []]],
    ['get takes a role', { ...OPEN, get: { 'role:staff': true } }, [119, 119, NOTE]],
  ])('%s', async (_, permissions, outcomes) => {
    const id = await makePost(permissions);
    for (const [place, who] of (['nobody', 'ann', 'bob'] as const).entries()) {
      for (const path of [
        `/classes/Post/${id}?include=one`,
        '/classes/Post?include=one',
        '/classes/Post?include=many',
      ]) {
        expect(await ask(path, who), `${who} ${path}`).toEqual(outcomes[place]);
      }
      expect(await askGraphQL(id, who), who).toEqual(outcomes[place]);
    }
    expect(await ask(`/classes/Post/${id}?include=one`, 'master')).toEqual(NOTE);
  });

  it('takes the id of a user', async () => {
    const id = await makePost({ ...OPEN, get: { [ids['ann'] ?? '']: true } });
    expect(await ask(`/classes/Post/${id}?include=one`, 'ann')).toEqual(NOTE);
    expect(await ask(`/classes/Post/${id}?include=one`, 'bob')).toBe(119);
  });
});
