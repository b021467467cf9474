import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browserStorage } from '../../src/index.ts';
import type { Change } from '../../src/store/persistence.ts';

const put = (objectId: string): Change => ({ className: '_User', objectId, record: { objectId } });

describe('browserStorage', () => {
  let kept: Map<string, string>;

  beforeEach(() => {
    kept = new Map();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    return () => vi.unstubAllGlobals();
  });

  it('keeps each commit under its key', async () => {
    const storage = browserStorage('demo');
    expect(await storage.read()).toBeNull();
    await storage.append([put('a'), put('b')]);
    await storage.append([{ className: '_User', objectId: 'a', record: null }]);
    expect([...kept]).toEqual([['demo', '{"_User":[{"objectId":"b"}]}']]);
    await storage.replace({ _User: [{ objectId: 'c' }] });
    expect(await browserStorage('demo').read()).toEqual({ _User: [{ objectId: 'c' }] });
    expect(await browserStorage().read()).toBeNull();
  });

  it('adds to what another page has written since', async () => {
    const [one, other] = [browserStorage(), browserStorage()];
    await one.append([put('a')]);
    await other.append([put('b')]);
    await one.append([put('c')]);
    expect(await other.read()).toEqual({ _User: [{ objectId: 'a' }, { objectId: 'b' }, { objectId: 'c' }] });
  });

  it('refuses a name that another page has given meanwhile, and keeps its user', async () => {
    const [one, other] = [browserStorage(), browserStorage()];
    const named = (objectId: string, username: string): Change[] => [
      { className: '_User', objectId, record: { objectId, username } },
    ];
    await Promise.all([one.read(), other.read()]);
    await one.append(named('a', 'ann'));
    await expect(other.append(named('b', 'ANN'))).rejects.toThrow('another page has _User.username "ann"');
    await other.append(named('c', 'cleo'));
    expect(await one.read()).toEqual({
      _User: [
        { objectId: 'a', username: 'ann' },
        { objectId: 'c', username: 'cleo' },
      ],
    });
  });

  it('keeps what another page has written just before all is replaced', async () => {
    const [one, other] = [browserStorage(), browserStorage()];
    await one.append([put('a')]);
    await other.read();
    await one.append([put('b')]);
    await other.replace({ _User: [{ objectId: 'c' }] });
    expect(await one.read()).toEqual({ _User: [{ objectId: 'c' }, { objectId: 'b' }] });
  });

  it('keeps the fields that two pages have added to one class', async () => {
    const [one, other] = [browserStorage(), browserStorage()];
    const schema = (...names: string[]): Change => ({
      className: '_SCHEMA',
      objectId: 'Note',
      record: { className: 'Note', fields: Object.fromEntries(names.map((name) => [name, { type: 'String' }])) },
    });
    await Promise.all([one.read(), other.read()]);
    await one.append([schema('text')]);
    await other.append([schema('title')]);
    expect(await one.read()).toMatchObject({ schemas: [{ fields: { text: {}, title: {} } }] });
  });

  it.each([
    ['{ "_User": [', 'Failed to read localStorage["demo"]: '],
    ['{ "_User": {} }', 'Failed to read localStorage["demo"]: it holds no lists of objects by class name.'],
    ['7', 'Failed to read localStorage["demo"]: it holds no lists of objects by class name.'],
  ])('refuses %j, and leaves it as it is', async (text, sentence) => {
    kept.set('demo', text);
    const storage = browserStorage('demo');
    await expect(storage.read()).rejects.toThrow(sentence);
    await expect(storage.append([put('a')])).rejects.toThrow(sentence);
    expect(kept.get('demo')).toBe(text);
  });

  it.each([
    ['QuotaExceededError', 'Failed to write localStorage["demo"]: the storage of this page is full'],
    ['SecurityError', 'Failed to write localStorage["demo"]: this page may not use it'],
  ])('names the cause of a %s', async (name, sentence) => {
    vi.stubGlobal('localStorage', {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('no', name);
      },
    });
    await expect(browserStorage('demo').append([put('a')])).rejects.toThrow(sentence);
  });
});
