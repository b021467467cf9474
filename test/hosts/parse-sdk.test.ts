import Parse from 'parse/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../src/options.ts';
import { initialiseSdk, SDK_HOSTS, type SdkHost } from './sdk-hosts.ts';

const OPTIONS: EmulatorOptions = {
  bcryptRounds: 4,
  allowClientClassCreation: true,
  auth: { facebook: { accessTokens: ['valid'] } },
  functions: {
    greet: ({ params, user }) => `Hello ${params['name']}, said ${user ? user['username'] : 'nobody'}`,
  },
};

const MASTER = { useMasterKey: true };
const Note = Parse.Object.extend('Note');
const signUp = (username: string): Promise<Parse.User> => Parse.User.signUp(username, `${username}spass`, {});
const logIn = (username: string): Promise<Parse.User> => Parse.User.logIn(username, `${username}spass`);
const codeOf = (promise: Promise<unknown>): Promise<number> =>
  promise.then(
    () => 0,
    (error: Parse.Error) => error.code,
  );

describe.each(SDK_HOSTS)('the Parse JavaScript SDK, %s', (_name, start) => {
  let host: SdkHost;

  beforeAll(async () => {
    host = await start(OPTIONS);
    initialiseSdk(host.serverURL);
    Parse.User.enableUnsafeCurrentUser();
  });

  afterEach(async () => {
    await Parse.User.logOut().catch(() => undefined);
    await host.emulator.reset();
  });

  afterAll(() => host.close());

  describe('Parse.User', () => {
    it('signs up, and is the current user then', async () => {
      const ann = await Parse.User.signUp('ann', 'annspass', { email: 'ann@example.com', phone: '123' });
      expect(Parse.User.current()?.id).toBe(ann.id);
      expect(ann.getSessionToken()).toMatch(/^r:[0-9a-f]{32}$/);
      expect(ann.getEmail()).toBe('ann@example.com');
      expect(ann.get('phone')).toBe('123');
    });

    it('cannot sign up under a name that is taken', async () => {
      await signUp('ann');
      await expect(signUp('Ann')).rejects.toMatchObject({
        code: Parse.Error.USERNAME_TAKEN,
        message: 'Account already exists for this username.',
      });
    });

    it('logs in and out', async () => {
      await signUp('ann');
      await Parse.User.logOut();
      expect(Parse.User.current()).toBeNull();
      const ann = await logIn('ann');
      expect(ann.getUsername()).toBe('ann');
      expect(ann.authenticated()).toBe(true);
    });

    it('cannot log in with a wrong password', async () => {
      await signUp('ann');
      expect(await codeOf(Parse.User.logIn('ann', 'wrong'))).toBe(Parse.Error.OBJECT_NOT_FOUND);
    });

    it('loses its session when it logs out', async () => {
      const token = (await signUp('ann')).getSessionToken() as string;
      await Parse.User.logOut();
      expect(await codeOf(Parse.User.become(token))).toBe(Parse.Error.INVALID_SESSION_TOKEN);
    });

    it('becomes a user by a session token', async () => {
      const ann = await signUp('ann');
      const token = ann.getSessionToken() as string;
      await Parse.User._clearCache();
      const again = await Parse.User.become(token);
      expect(again.id).toBe(ann.id);
      expect(Parse.User.current()?.getSessionToken()).toBe(token);
    });

    it('becomes a user by the master key', async () => {
      const { id } = await signUp('ann');
      const ann = await Parse.User.loginAs(id as string);
      expect(ann.getUsername()).toBe('ann');
      expect(ann.getSessionToken()).toMatch(/^r:/);
    });

    it('saves and fetches itself', async () => {
      const ann = await signUp('ann');
      ann.set('phone', '123');
      ann.increment('logins');
      await ann.save();
      expect(ann.get('logins')).toBe(1);
      const fetched = await Parse.User.createWithoutData(ann.id as string).fetch({
        sessionToken: ann.getSessionToken(),
      });
      expect(fetched.get('phone')).toBe('123');
    });

    it('changes its password, and goes on with a new session', async () => {
      const ann = await signUp('ann');
      const before = ann.getSessionToken();
      ann.setPassword('another');
      await ann.save();
      expect(ann.getSessionToken()).not.toBe(before);
      expect((await Parse.User.logIn('ann', 'another')).id).toBe(ann.id);
    });

    it('destroys itself', async () => {
      const ann = await signUp('ann');
      await ann.destroy();
      await Parse.User._clearCache();
      expect(await codeOf(logIn('ann'))).toBe(Parse.Error.OBJECT_NOT_FOUND);
    });

    it('is private to others, and its email even when it is public', async () => {
      const ann = await Parse.User.signUp('ann', 'annspass', { email: 'ann@example.com' });
      const acl = new Parse.ACL(ann);
      await Parse.User.logOut();
      await signUp('bob');
      expect(await new Parse.Query(Parse.User).equalTo('username', 'ann').first()).toBeUndefined();
      acl.setPublicReadAccess(true);
      ann.setACL(acl);
      await ann.save(null, MASTER);
      const seen = await new Parse.Query(Parse.User).equalTo('username', 'ann').first();
      expect(seen?.id).toBe(ann.id);
      expect(seen?.get('email')).toBeUndefined();
    });

    it('verifies its password', async () => {
      await signUp('ann');
      await expect(Parse.User.verifyPassword('ann', 'annspass')).resolves.toBeTruthy();
      expect(await codeOf(Parse.User.verifyPassword('ann', 'wrong'))).toBe(Parse.Error.OBJECT_NOT_FOUND);
    });

    it('resets its password by mail', async () => {
      await Parse.User.signUp('ann', 'annspass', { email: 'ann@example.com' });
      await Parse.User.requestPasswordReset('ann@example.com');
      const link = new URL(host.emulator.outbox.at(-1)?.link ?? '');
      await fetch(link.origin + link.pathname, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token: link.searchParams.get('token') ?? '', new_password: 'another' }).toString(),
      });
      expect((await Parse.User.logIn('ann', 'another')).getUsername()).toBe('ann');
    });
  });

  describe('Parse.AnonymousUtils', () => {
    it('logs in somebody without a name, who gets one later', async () => {
      const somebody = await Parse.AnonymousUtils.logIn();
      expect(Parse.AnonymousUtils.isLinked(somebody)).toBe(true);
      somebody.setUsername('ann');
      somebody.setPassword('annspass');
      await somebody.signUp();
      await Parse.User.logOut();
      const ann = await logIn('ann');
      expect(ann.id).toBe(somebody.id);
      expect(Parse.AnonymousUtils.isLinked(ann)).toBe(false);
    });

    it('links an anonymous user with a third party, who is the same user at the next log-in', async () => {
      const facebook = { id: '17', access_token: 'valid' };
      const somebody = await Parse.AnonymousUtils.logIn();
      await somebody.linkWith('facebook', { authData: facebook });
      expect(somebody._isLinked('facebook')).toBe(true);
      await Parse.User.logOut();
      const again = await Parse.User.logInWith('facebook', { authData: facebook });
      expect(again.id).toBe(somebody.id);
    });

    it('unlinks a third party', async () => {
      const ann = await signUp('ann');
      await ann.linkWith('facebook', { authData: { id: '17', access_token: 'valid' } });
      await ann._unlinkFrom('facebook');
      await ann.fetch();
      expect(ann._isLinked('facebook')).toBe(false);
    });
  });

  describe('Parse.Session', () => {
    it('is the current one', async () => {
      const ann = await signUp('ann');
      const session = await Parse.Session.current();
      expect(session.getSessionToken()).toBe(ann.getSessionToken());
      expect(session.get('createdWith')).toEqual({ action: 'signup', authProvider: 'password' });
    });

    it('is found by its owner alone', async () => {
      await signUp('ann');
      await Parse.User.logOut();
      await signUp('bob');
      expect(await new Parse.Query(Parse.Session).find()).toHaveLength(1);
      expect(await new Parse.Query(Parse.Session).find(MASTER)).toHaveLength(1);
    });
  });

  describe('Parse.Object', () => {
    it('saves, fetches and destroys', async () => {
      const note = new Parse.Object('Note', { text: 'hello', at: new Date(0), where: new Parse.GeoPoint(1, 2) });
      await note.save();
      const fetched = await Note.createWithoutData(note.id as string).fetch();
      expect(fetched.get('text')).toBe('hello');
      expect(fetched.get('at')).toEqual(new Date(0));
      expect(fetched.get('where').latitude).toBe(1);
      await note.destroy();
      expect(await codeOf(fetched.fetch())).toBe(Parse.Error.OBJECT_NOT_FOUND);
    });

    it('changes fields by operations', async () => {
      const note = await new Parse.Object('Note', { tags: ['a'], level: 1, text: 'x' }).save();
      note.addUnique('tags', 'b');
      note.increment('level', 4);
      note.unset('text');
      await note.save();
      const fetched = await new Parse.Query('Note').get(note.id as string);
      expect(fetched.toJSON()).toMatchObject({ tags: ['a', 'b'], level: 5 });
      expect(fetched.has('text')).toBe(false);
    });

    it('saves and destroys many at once', async () => {
      const notes = Array.from({ length: 45 }, (_, place) => new Parse.Object('Note', { place }));
      await Parse.Object.saveAll(notes);
      expect(await new Parse.Query('Note').count()).toBe(45);
      await Parse.Object.destroyAll(notes);
      expect(await new Parse.Query('Note').count()).toBe(0);
    });

    it('points at a user who comes along with include', async () => {
      const ann = await signUp('ann');
      await new Parse.Object('Note', { text: 'hello', owner: ann }).save();
      const note = await new Parse.Query('Note').include('owner').first();
      expect(note?.get('owner').get('username')).toBe('ann');
    });
  });

  describe('Parse.Query', () => {
    const findTexts = async (query: Parse.Query): Promise<string[]> =>
      (await query.find()).map((note) => note.get('text'));

    it('finds by constraints, in order, page by page', async () => {
      await Parse.Object.saveAll([1, 2, 3, 4].map((level) => new Parse.Object('Note', { level, text: `n${level}` })));
      expect(await findTexts(new Parse.Query('Note').greaterThan('level', 1).descending('level').limit(2))).toEqual([
        'n4',
        'n3',
      ]);
      expect(await findTexts(new Parse.Query('Note').containedIn('text', ['n1', 'n4']).ascending('level'))).toEqual([
        'n1',
        'n4',
      ]);
      expect(await findTexts(new Parse.Query('Note').startsWith('text', 'n').ascending('level').skip(3))).toEqual([
        'n4',
      ]);
      const either = Parse.Query.or(
        new Parse.Query('Note').lessThan('level', 2),
        new Parse.Query('Note').equalTo('text', 'n3'),
      );
      expect(await findTexts(either.ascending('level'))).toEqual(['n1', 'n3']);
      expect(await new Parse.Query('Note').exists('text').count()).toBe(4);
      const { count, results } = (await new Parse.Query('Note').withCount().limit(1).find()) as unknown as {
        count: number;
        results: Parse.Object[];
      };
      expect([count, results.length]).toEqual([4, 1]);
    });

    it('finds by what another query finds', async () => {
      const ann = await signUp('ann');
      await new Parse.Object('Note', { text: 'hers', owner: ann }).save();
      await new Parse.Object('Note', { text: 'nobodys' }).save();
      const owners = new Parse.Query(Parse.User).equalTo('username', 'ann');
      expect(await findTexts(new Parse.Query('Note').matchesQuery('owner', owners))).toEqual(['hers']);
    });

    it('goes through all of a class', async () => {
      await Parse.Object.saveAll(Array.from({ length: 7 }, (_, place) => new Parse.Object('Note', { place })));
      const places: number[] = [];
      await new Parse.Query('Note').each((note) => void places.push(note.get('place')), { batchSize: 3 });
      expect(places.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    });

    it('does not find what an ACL keeps from one', async () => {
      const ann = await signUp('ann');
      const note = new Parse.Object('Note', { text: 'secret' });
      note.setACL(new Parse.ACL(ann));
      await note.save();
      expect(await findTexts(new Parse.Query('Note'))).toEqual(['secret']);
      await Parse.User.logOut();
      await signUp('bob');
      expect(await findTexts(new Parse.Query('Note'))).toEqual([]);
      expect(await codeOf(note.destroy())).toBe(Parse.Error.OBJECT_NOT_FOUND);
    });
  });

  describe('Parse.Role', () => {
    const openToAll = (): Parse.ACL => {
      const acl = new Parse.ACL();
      acl.setPublicReadAccess(true);
      return acl;
    };

    it('lets its users in, and those of its roles', async () => {
      const ann = await signUp('ann');
      await Parse.User.logOut();
      const bob = await signUp('bob');
      const admins = new Parse.Role('admins', openToAll());
      admins.getUsers().add(ann);
      await admins.save(null, MASTER);
      const staff = new Parse.Role('staff', openToAll());
      staff.getUsers().add(bob);
      staff.getRoles().add(admins);
      await staff.save(null, MASTER);
      const acl = new Parse.ACL();
      acl.setRoleReadAccess('staff', true);
      const note = new Parse.Object('Note', { text: 'for staff' });
      note.setACL(acl);
      await note.save();

      const seenBy = async (username: string): Promise<number> => {
        await logIn(username);
        return new Parse.Query('Note').count();
      };
      expect([await seenBy('bob'), await seenBy('ann')]).toEqual([1, 1]);
      await Parse.User.logOut();
      await signUp('cid');
      expect(await new Parse.Query('Note').count()).toBe(0);
      expect((await staff.getUsers().query().find(MASTER)).map(({ id }) => id)).toEqual([bob.id]);
    });
  });

  describe('Parse.Relation', () => {
    it('holds objects until they are taken out', async () => {
      const ann = await signUp('ann');
      const note = await new Note({ text: 'hello' }).save();
      const watchers: Parse.Relation = note.relation('watchers');
      watchers.add(ann);
      await note.save();
      expect((await watchers.query().find()).map(({ id }) => id)).toEqual([ann.id]);
      watchers.remove(ann);
      await note.save();
      expect(await watchers.query().find()).toEqual([]);
    });

    it('is read by one who does not know the class of its members', async () => {
      const ann = await signUp('ann');
      const note = await new Note({ text: 'hello' }).save();
      note.relation('watchers').add(ann);
      await note.save();
      const stranger = Note.createWithoutData(note.id as string);
      const [watcher] = await stranger.relation('watchers').query().find();
      expect(watcher).toBeInstanceOf(Parse.User);
      expect(watcher?.id).toBe(ann.id);
    });
  });

  describe('the rest of the SDK', () => {
    it('runs functions', async () => {
      await signUp('ann');
      expect(await Parse.Cloud.run('greet', { name: 'Bob' })).toBe('Hello Bob, said ann');
      expect(await codeOf(Parse.Cloud.run('nothing'))).toBe(Parse.Error.SCRIPT_FAILED);
    });

    it('reads the configuration that the master key wrote', async () => {
      await Parse.Config.save({ colour: 'red', secret: 1 }, { secret: true });
      const config = await Parse.Config.get();
      expect(config.get('colour')).toBe('red');
      expect(config.get('secret')).toBeUndefined();
    });

    it('makes and changes classes', async () => {
      const schema = new Parse.Schema('Todo');
      schema.addString('title').addPointer('owner', '_User');
      await schema.save();
      schema.addNumber('priority').deleteField('owner');
      await schema.update();
      const { fields } = (await new Parse.Schema('Todo').get()) as unknown as { fields: object };
      expect(fields).toMatchObject({ title: { type: 'String' }, priority: { type: 'Number' } });
      expect(fields).not.toHaveProperty('owner');
      await new Parse.Object('Todo', { title: 'x' }).save();
      await schema.purge();
      await schema.delete();
      expect(await codeOf(new Parse.Schema('Todo').get() as unknown as Promise<unknown>)).toBe(
        Parse.Error.INVALID_CLASS_NAME,
      );
    });

    it('uploads a file that a user then carries', async () => {
      const ann = await signUp('ann');
      const file = new Parse.File('hello.txt', { base64: btoa('hello') }, 'text/plain');
      await file.save();
      ann.set('avatar', file);
      await ann.save();
      const fetched = await ann.fetch();
      expect(await (await fetch(fetched.get('avatar').url(), {})).text()).toBe('hello');
    });
  });
});
