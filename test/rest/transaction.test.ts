import { afterEach, describe, expect, it } from 'vitest';
import { ParseError } from '../../src/index.ts';
import { createClient, MASTER } from '../support/rest-client.ts';

const { call, emulator, signUp } = createClient({ verifyUserEmails: true });
afterEach(() => emulator.reset());

const post = (path: string, body: object): object => ({ method: 'POST', path: `/parse${path}`, body });
const note = (level: unknown): object => post('/classes/Note', { level });

const transact = async (...requests: object[]): Promise<unknown> => {
  const { status, body } = await call('POST', '/batch', { transaction: true, requests });
  return status === 200 ? body : { status, body };
};
const count = async (path: string): Promise<unknown> => {
  const { body } = await call('GET', `${path}?count=1&limit=0`, undefined, MASTER);
  return (body as { count: number }).count;
};

// Parse Server's own words, such as they are.
const TAKEN_BACK = { status: 500, body: { code: 1, message: 'Internal server error.' } };

describe('a batch that is a transaction', () => {
  it('is kept when all of it is well', async () => {
    expect(await transact(note(1), note(2))).toMatchObject([{ success: {} }, { success: {} }]);
    expect(await count('/classes/Note')).toBe(2);
  });

  it('is taken back when one of its calls is refused', async () => {
    await call('POST', '/classes/Note', { level: 0 });
    expect(await transact(note(1), note('high'))).toEqual(TAKEN_BACK);
    expect(await transact(note(1), { method: 'DELETE', path: '/parse/classes/Note/nothere00' })).toEqual(TAKEN_BACK);
    expect(await count('/classes/Note')).toBe(1);
  });

  it('sees its own writes: a name can be taken once', async () => {
    const ann = post('/users', { username: 'ann', password: 'annspass', email: 'ann@example.com' });
    expect(await transact(ann, ann)).toEqual(TAKEN_BACK);
    expect([await count('/users'), await count('/sessions')]).toEqual([0, 0]);
  });

  it('sends its letters only when it is kept', async () => {
    const ann = post('/users', { username: 'ann', password: 'annspass', email: 'ann@example.com' });
    await transact(ann, note({ $bad: 1 }));
    expect(emulator.outbox).toEqual([]);
    await transact(ann, note(1));
    expect(emulator.outbox.map(({ to }) => to)).toEqual(['ann@example.com']);
  });

  it('leaves alone what others write meanwhile', async () => {
    const slow = post('/users', { username: 'ann', password: 'annspass' });
    const [, bob] = await Promise.all([transact(slow, note('high'), note(1)), signUp('bob')]);
    expect(await call('GET', `/users/${bob.objectId}`, undefined, MASTER)).toMatchObject({ status: 200 });
    const [done] = await Promise.all([transact(slow, note(1)), signUp('cid')]);
    expect(done).toHaveLength(2);
    expect(await count('/users')).toBe(3);
  });

  it('does not take a name that somebody else took meanwhile', async () => {
    const ann = { username: 'ann', password: 'annspass' };
    const [batch, alone] = await Promise.all([transact(post('/users', ann)), call('POST', '/users', ann)]);
    expect(await count('/users')).toBe(1);
    expect([Array.isArray(batch), alone.status === 201].filter(Boolean)).toHaveLength(1);
  });

  it('may be empty', async () => {
    expect(await transact()).toEqual([]);
  });

  it('is one only when `transaction` is true', async () => {
    const requests = [note(1), note('high')];
    const { body } = await call('POST', '/batch', { transaction: 'true', requests });
    expect(body).toMatchObject([{ success: {} }, { error: { code: 107, error: 'Could not add field level' } }]);
    expect(await count('/classes/Note')).toBe(1);
  });
});

describe('triggers in a transaction', () => {
  const log: unknown[] = [];
  const client = createClient({
    allowClientClassCreation: true,
    triggers: {
      Note: {
        beforeSave: ({ fields }) => {
          log.push(['beforeSave', fields['level']]);
          if (fields['level'] === 13) throw new ParseError('VALIDATION_ERROR', 'unlucky');
          return { seen: true };
        },
        afterSave: ({ object }) => void log.push(['afterSave', object['level']]),
        beforeDelete: ({ object }) => {
          log.push(['beforeDelete', object['level']]);
          if (object['level'] === 7) throw new Error('kept');
        },
        afterDelete: ({ object }) => void log.push(['afterDelete', object['level']]),
      },
    },
  });
  afterEach(async () => {
    log.length = 0;
    await client.emulator.reset();
  });
  const run = async (...requests: object[]): Promise<unknown> => {
    const { status, body } = await client.call('POST', '/batch', { transaction: true, requests });
    return status === 200 ? body : { status, body };
  };
  const levels = async (): Promise<unknown> => {
    const { body } = await client.call('GET', '/classes/Note?order=level', undefined, MASTER);
    return (body as { results: { level: number; seen: boolean }[] }).results.map(({ level, seen }) => [level, seen]);
  };

  it('run for each call, and what they change is kept with it', async () => {
    expect(await run(note(1), note(2))).toMatchObject([{ success: { seen: true } }, { success: { seen: true } }]);
    expect(await levels()).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(log.map((one) => JSON.stringify(one)).sort()).toEqual([
      '["afterSave",1]',
      '["afterSave",2]',
      '["beforeSave",1]',
      '["beforeSave",2]',
    ]);
  });

  it('take it all back when one of them refuses', async () => {
    expect(await run(note(1), note(13))).toEqual(TAKEN_BACK);
    expect(await levels()).toEqual([]);
    const { body } = await client.call('POST', '/classes/Note', { level: 7 });
    const { objectId } = body as { objectId: string };
    log.length = 0;
    expect(await run(note(2), { method: 'DELETE', path: `/parse/classes/Note/${objectId}` })).toEqual(TAKEN_BACK);
    expect(await levels()).toEqual([[7, true]]);
    expect(log).toContainEqual(['beforeDelete', 7]);
    expect(log).not.toContainEqual(['afterDelete', 7]);
  });
});
