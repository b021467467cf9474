import type Parse from 'parse/node';
import { expect } from 'vitest';
import { codeOf, type Examples, MASTER, type Sdk } from './sdk-example.ts';

/** Objects, one by one and many at once. */
export const OBJECTS: Examples = {
  'saves, fetches and destroys': async ({ Parse }) => {
    const note = new Parse.Object('Note', { text: 'hello', at: new Date(0), where: new Parse.GeoPoint(1, 2) });
    await note.save();
    const Note = Parse.Object.extend('Note');
    const fetched = await Note.createWithoutData(note.id as string).fetch();
    expect(fetched.get('text')).toBe('hello');
    expect(fetched.get('at')).toEqual(new Date(0));
    expect(fetched.get('where').latitude).toBe(1);
    await note.destroy();
    expect(await codeOf(fetched.fetch())).toBe(Parse.Error.OBJECT_NOT_FOUND);
  },

  'changes fields by operations': async ({ Parse }) => {
    const note = await new Parse.Object('Note', { tags: ['a'], level: 1, text: 'x' }).save();
    note.addUnique('tags', 'b');
    note.increment('level', 4);
    note.unset('text');
    await note.save();
    const fetched = await new Parse.Query('Note').get(note.id as string);
    expect(fetched.toJSON()).toMatchObject({ tags: ['a', 'b'], level: 5 });
    expect(fetched.has('text')).toBe(false);
  },

  'changes a member of an object by its path': async ({ Parse }) => {
    const note: Parse.Object = await new Parse.Object('Note', { counts: { read: 1, shared: 2 } }).save();
    note.set('counts.shared', 5);
    note.increment('counts.read');
    await note.save();
    const fetched = await new Parse.Query('Note').get(note.id as string);
    expect(fetched.get('counts')).toEqual({ read: 2, shared: 5 });
  },

  'saves and destroys many at once': async ({ Parse }) => {
    const notes = Array.from({ length: 45 }, (_, place) => new Parse.Object('Note', { place }));
    await Parse.Object.saveAll(notes);
    expect(await new Parse.Query('Note').count()).toBe(45);
    await Parse.Object.destroyAll(notes);
    expect(await new Parse.Query('Note').count()).toBe(0);
  },

  'saves all of them or none': async ({ Parse }) => {
    const save = (...levels: unknown[]): Promise<unknown> =>
      Parse.Object.saveAll(
        levels.map((level) => new Parse.Object('Note', { level })),
        { transaction: true },
      );
    await save(1, 2);
    await expect(save(3, 'high')).rejects.toThrow();
    expect(await new Parse.Query('Note').count()).toBe(2);
  },

  'points at a user who comes along with include': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    await new Parse.Object('Note', { text: 'hello', owner: ann }).save();
    const note = await new Parse.Query('Note').include('owner').first();
    expect(note?.get('owner').get('username')).toBe('ann');
  },
};

const findTexts = async (query: Parse.Query): Promise<string[]> => (await query.find()).map((note) => note.get('text'));

/** Questions, and who gets an answer. */
export const QUERIES: Examples = {
  'finds by constraints, in order, page by page': async ({ Parse }) => {
    await Parse.Object.saveAll([1, 2, 3, 4].map((level) => new Parse.Object('Note', { level, text: `n${level}` })));
    expect(await findTexts(new Parse.Query('Note').greaterThan('level', 1).descending('level').limit(2))).toEqual([
      'n4',
      'n3',
    ]);
    expect(await findTexts(new Parse.Query('Note').containedIn('text', ['n1', 'n4']).ascending('level'))).toEqual([
      'n1',
      'n4',
    ]);
    expect(await findTexts(new Parse.Query('Note').startsWith('text', 'n').ascending('level').skip(3))).toEqual(['n4']);
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
  },

  'finds by what another query finds': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    await new Parse.Object('Note', { text: 'hers', owner: ann }).save();
    await new Parse.Object('Note', { text: 'nobodys' }).save();
    const owners = new Parse.Query(Parse.User).equalTo('username', 'ann');
    expect(await findTexts(new Parse.Query('Note').matchesQuery('owner', owners))).toEqual(['hers']);
  },

  'goes through all of a class': async ({ Parse }) => {
    await Parse.Object.saveAll(Array.from({ length: 7 }, (_, place) => new Parse.Object('Note', { place })));
    const places: number[] = [];
    await new Parse.Query('Note').each((note) => void places.push(note.get('place')), { batchSize: 3 });
    expect(places.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  },

  'tells values apart, and computes over groups': async ({ Parse }) => {
    const notes = [
      { colour: 'red', level: 1 },
      { colour: 'red', level: 2 },
      { colour: 'blue', level: 3 },
    ];
    await Parse.Object.saveAll(notes.map((fields) => new Parse.Object('Note', fields)));
    expect(await new Parse.Query('Note').greaterThan('level', 1).distinct('colour')).toEqual(['blue', 'red']);
    const totals = await new Parse.Query('Note').aggregate([
      { $group: { _id: '$colour', total: { $sum: '$level' } } },
      { $sort: { _id: 1 } },
    ] as never);
    expect(totals).toEqual([
      { objectId: 'blue', total: 3 },
      { objectId: 'red', total: 3 },
    ]);
  },

  'does not find what an ACL keeps from one': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    const note = new Parse.Object('Note', { text: 'secret' });
    note.setACL(new Parse.ACL(ann));
    await note.save();
    expect(await findTexts(new Parse.Query('Note'))).toEqual(['secret']);
    await Parse.User.logOut();
    await signUp('bob');
    expect(await findTexts(new Parse.Query('Note'))).toEqual([]);
    expect(await codeOf(note.destroy())).toBe(Parse.Error.OBJECT_NOT_FOUND);
  },
};

const openToAll = ({ Parse }: Sdk): Parse.ACL => {
  const acl = new Parse.ACL();
  acl.setPublicReadAccess(true);
  return acl;
};

/** Roles, and the roles in them. */
export const ROLES: Examples = {
  'lets its users in, and those of its roles': async (sdk) => {
    const { Parse, signUp, logIn } = sdk;
    const ann = await signUp('ann');
    await Parse.User.logOut();
    const bob = await signUp('bob');
    const admins = new Parse.Role('admins', openToAll(sdk));
    admins.getUsers().add(ann);
    await admins.save(null, MASTER);
    const staff = new Parse.Role('staff', openToAll(sdk));
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
  },
};

/** Relations, from the side of their owner. */
export const RELATIONS: Examples = {
  'holds objects until they are taken out': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    const note: Parse.Object = await new Parse.Object('Note', { text: 'hello' }).save();
    const watchers: Parse.Relation = note.relation('watchers');
    watchers.add(ann);
    await note.save();
    expect((await watchers.query().find()).map(({ id }) => id)).toEqual([ann.id]);
    watchers.remove(ann);
    await note.save();
    expect(await watchers.query().find()).toEqual([]);
  },

  'is read by one who does not know the class of its members': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    const note: Parse.Object = await new Parse.Object('Note', { text: 'hello' }).save();
    note.relation('watchers').add(ann);
    await note.save();
    const Note = Parse.Object.extend('Note');
    const stranger = Note.createWithoutData(note.id as string);
    const [watcher] = await stranger.relation('watchers').query().find();
    expect(watcher).toBeInstanceOf(Parse.User);
    expect(watcher?.id).toBe(ann.id);
  },
};
