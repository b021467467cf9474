import { describe, expect, it } from 'vitest';
import type { ParseRecord } from '../../src/parse/record.ts';
import type { Change, Persistence, Snapshot } from '../../src/store/persistence.ts';
import { Store } from '../../src/store/store.ts';

const at = '2026-01-01T00:00:00.000Z';
const user = (objectId: string, fields: object = {}): ParseRecord =>
  ({ objectId, createdAt: at, updatedAt: at, ...fields }) as ParseRecord;

const names = (store: Store): unknown[] => [...store.all('_User')].map((record) => record['username']);

/** A persistence whose writes are let through, or failed, one by one. */
const gated = () => {
  const written: (readonly Change[])[] = [];
  const waiting: { resolve(): void; reject(error: Error): void }[] = [];
  const persistence: Persistence = {
    read: async () => null,
    append: (changes) =>
      new Promise<void>((resolve, reject) => {
        const keep = (): void => {
          written.push(changes);
          resolve();
        };
        waiting.push({ resolve: keep, reject });
      }),
    replace: async () => undefined,
  };
  return { persistence, written, waiting, next: () => waiting.shift() };
};

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a transaction', () => {
  it('is seen by its own reads and by all reads after it', () => {
    const store = new Store(undefined);
    store.transact((transaction) => {
      transaction.put('_User', user('a', { username: 'ann' }));
      expect(transaction.lookUp('_User', 'username', 'ann')).toHaveLength(1);
    });
    expect(store.get('_User', 'a')?.['username']).toBe('ann');
  });

  it('that throws leaves the snapshot and the indexes as they were, order included', () => {
    const store = new Store(undefined);
    store.transact((transaction) => {
      for (const name of ['ann', 'bob', 'cid']) transaction.put('_User', user(name, { username: name }));
    });
    const before = store.snapshot();
    expect(() =>
      store.transact((transaction) => {
        transaction.delete('_User', 'ann');
        transaction.put('_User', user('bob', { username: 'bert' }));
        transaction.put('_User', user('dan', { username: 'dan' }));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(store.snapshot()).toEqual(before);
    expect(names(store)).toEqual(['ann', 'bob', 'cid']);
    expect(store.lookUp('_User', 'username', 'bob')).toHaveLength(1);
    expect(store.lookUp('_User', 'username', 'bert')).toEqual([]);
    expect(store.lookUp('_User', 'username', 'dan')).toEqual([]);
  });

  it('changes the version of the classes that it writes, and of no other', () => {
    const store = new Store(undefined);
    const before = store.version('_User');
    store.transact((transaction) => transaction.put('_Role', user('r', { name: 'staff' })));
    expect(store.version('_User')).toBe(before);
    store.transact((transaction) => transaction.put('_User', user('a')));
    expect(store.version('_User')).not.toBe(before);
  });
});

describe('an index', () => {
  it.each([
    ['username', { username: 'AnnMarie' }, 'annmarie'],
    ['email', { email: 'Ann@Example.com' }, 'ann@example.com'],
    ['authData', { authData: { facebook: { id: '1' } } }, 'facebook:1'],
    ['_perishable_token', { _perishable_token: 'secret' }, 'secret'],
  ])('finds a user by %s', (index, fields, key) => {
    const store = new Store(undefined);
    store.transact((transaction) => transaction.put('_User', user('a', fields)));
    expect(store.lookUp('_User', index, key).map(({ objectId }) => objectId)).toEqual(['a']);
  });

  it('holds several objects under one key and forgets each on its own', () => {
    const store = new Store(undefined);
    const session = (objectId: string) =>
      user(objectId, { user: { __type: 'Pointer', className: '_User', objectId: 'u' } });
    store.transact((transaction) => {
      for (const id of ['a', 'b', 'c']) transaction.put('_Session', session(id));
    });
    store.transact((transaction) => transaction.delete('_Session', 'b'));
    expect(store.lookUp('_Session', 'user', 'u').map(({ objectId }) => objectId)).toEqual(['a', 'c']);
  });

  it('that a class does not have is an error of the caller', () => {
    expect(() => new Store(undefined).lookUp('_User', 'shoeSize', '43')).toThrow('it has no index "shoeSize"');
  });
});

describe('the persistence', () => {
  it('gets what was written in one turn with one write, in order', async () => {
    const { persistence, written, next } = gated();
    const store = new Store(persistence);
    for (const id of ['a', 'b', 'c']) store.transact((transaction) => transaction.put('_User', user(id)));
    await turn();
    next()?.resolve();
    await store.settled();
    expect(written.map((changes) => changes.map(({ objectId }) => objectId))).toEqual([['a', 'b', 'c']]);
  });

  it('has everything once `settled` resolves, and nothing to wait for then', async () => {
    const { persistence, waiting, next } = gated();
    const store = new Store(persistence);
    store.transact((transaction) => transaction.put('_User', user('a')));
    const settled = store.settled();
    await turn();
    expect(waiting).toHaveLength(1);
    next()?.resolve();
    await settled;
    await turn();
    expect(store.settled()).toBeUndefined();
  });

  it('that fails takes back what it could not keep, and all that was built on it', async () => {
    const { persistence, next } = gated();
    const store = new Store(persistence);
    store.transact((transaction) => transaction.put('_User', user('a', { username: 'ann' })));
    await turn();
    next()?.resolve();
    await store.settled();
    store.transact((transaction) => transaction.put('_User', user('a', { username: 'anna' })));
    const first = store.settled();
    await turn();
    store.transact((transaction) => transaction.delete('_User', 'a'));
    const second = store.settled();
    next()?.reject(new Error('disk full'));
    await expect(first).rejects.toThrow('disk full');
    await expect(second).rejects.toThrow('disk full');
    expect(names(store)).toEqual(['ann']);
  });

  it('is written to again after a failure', async () => {
    const { persistence, written, next } = gated();
    const store = new Store(persistence);
    store.transact((transaction) => transaction.put('_User', user('a')));
    const failed = store.settled();
    await turn();
    next()?.reject(new Error('disk full'));
    await expect(failed).rejects.toThrow('disk full');
    store.transact((transaction) => transaction.put('_User', user('b')));
    await turn();
    next()?.resolve();
    await store.settled();
    expect(written).toHaveLength(1);
    expect(store.get('_User', 'a')).toBeUndefined();
    expect(store.get('_User', 'b')).toBeDefined();
  });
});

describe('a snapshot', () => {
  const state: Snapshot = {
    schemas: [{ className: '_User', fields: { phone: { type: 'String' } } }],
    _User: [user('a', { username: 'ann' })],
    '_Join:users:_Role': [{ owningId: 'r', relatedId: 'a' }],
  };

  it('comes back as it was loaded', () => {
    const store = new Store(undefined);
    store.load(state);
    expect(store.snapshot()).toEqual(state);
    expect(store.lookUp('_Join:users:_Role', 'relatedId', 'a')).toHaveLength(1);
  });

  it('is not touched by what is written later', () => {
    const store = new Store(undefined);
    store.load(state);
    const before = store.snapshot();
    store.transact((transaction) => transaction.put('_User', user('a', { username: 'changed' })));
    expect(before).toEqual(state);
  });

  it('that cannot be kept leaves the old state in place', async () => {
    const store = new Store({
      read: async () => null,
      append: async () => undefined,
      replace: async () => Promise.reject(new Error('disk full')),
    });
    store.load(state);
    await expect(store.replace({})).rejects.toThrow('disk full');
    expect(store.snapshot()).toEqual(state);
  });
});

describe('a store for one who asks', () => {
  it('waits for what that one wrote, however long ago it was refused', async () => {
    const { persistence, next } = gated();
    const store = new Store(persistence);
    const [one, other] = [store.forOne(), store.forOne()];
    one.transact((transaction) => transaction.put('_User', user('a')));
    await turn();
    next()?.reject(new Error('disk full'));
    await turn();
    expect(store.settled()).toBeUndefined();
    await expect(one.settled()).rejects.toThrow('disk full');
    expect(other.settled()).toBeUndefined();
    other.transact((transaction) => transaction.put('_User', user('b')));
    await turn();
    next()?.resolve();
    await other.settled();
    expect([one.hasWritten, other.hasWritten, store.forOne().hasWritten]).toEqual([true, true, false]);
    expect([...one.all('_User')]).toEqual([...store.all('_User')]);
  });
});

describe('a state that is adopted', () => {
  it('gets what is not safe yet on top, and that can still be taken back', async () => {
    const { persistence, next } = gated();
    const store = new Store(persistence);
    store.load({ _User: [user('a', { n: 1 }), user('b')] });
    store.transact((transaction) => {
      transaction.put('_User', user('a', { n: 2 }));
      transaction.put('_User', user('c'));
    });
    const first = store.settled();
    await turn();
    store.adopt({ _User: [user('a', { n: 7 }), user('d')] }, () => undefined);
    expect(store.snapshot()['_User']).toEqual([user('a', { n: 2 }), user('d'), user('c')]);
    next()?.reject(new Error('disk full'));
    await expect(first).rejects.toThrow('disk full');
    expect(store.snapshot()['_User']).toEqual([user('a', { n: 7 }), user('d')]);
  });

  it('is left alone when the check of the outcome fails', async () => {
    const { persistence, next } = gated();
    const store = new Store(persistence);
    store.transact((transaction) => transaction.put('_User', user('a')));
    const first = store.settled();
    await turn();
    const check = (_: unknown, unsafe: readonly Change[]): never => {
      throw new Error(`no: ${unsafe.map(({ objectId }) => objectId)}`);
    };
    expect(() => store.adopt({ _User: [user('b')] }, check)).toThrow('no: a');
    expect(store.snapshot()['_User']).toEqual([user('a')]);
    next()?.reject(new Error('disk full'));
    await expect(first).rejects.toThrow('disk full');
    expect(store.snapshot()).toEqual({});
  });
});

it('a state whose replacement fails comes back with what was written to the new one', async () => {
  let refuse = (_: Error): void => undefined;
  const appended: Change[] = [];
  const store = new Store({
    read: async () => null,
    append: async (changes) => void appended.push(...changes),
    replace: () => new Promise((_, reject) => (refuse = reject)),
  });
  store.load({ _User: [user('a')] });
  const replaced = store.replace({ _User: [user('z')] });
  await turn();
  store.transact((transaction) => transaction.put('_User', user('b')));
  refuse(new Error('disk full'));
  await expect(replaced).rejects.toThrow('disk full');
  await store.settled();
  expect(store.snapshot()['_User']).toEqual([user('a'), user('b')]);
  expect(appended.map(({ objectId }) => objectId)).toEqual(['b']);
});
