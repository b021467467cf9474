import { describe, expect, it, vi } from 'vitest';
import { createEmulator } from '../../../src/index.ts';
import { createApplication, createClient, MASTER } from './application.ts';

const COUNTING = `
  const { next } = require('./counter');
  Parse.Cloud.define('count', () => next());
  Parse.Cloud.define('who', ({ user }) => [user instanceof Parse.User, user?.get('username')]);
`;
const COUNTER = 'let count = 0; exports.next = () => ++count;';

const stripsTypes = Boolean(Reflect.get(process.features, 'typescript'));

describe('cloud', () => {
  it('takes the path of a file, whose Parse is the emulator', async () => {
    using application = createApplication({ 'main.js': COUNTING, 'counter.js': COUNTER });
    await using client = createClient({ cloud: application.path('main.js') });
    await client.emulator.users.create({ username: 'ann' });
    const headers = await client.emulator.headersFor('ann');
    expect(await client.ask('POST', '/functions/who', {}, headers)).toEqual({ result: [true, 'ann'] });
  });

  it('takes a function, and what it asks goes by the same rules without a socket', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch');
    await using client = createClient({
      cloud: (Parse) => {
        Parse.Cloud.define('users', async ({ params }: { params: { master: boolean } }) => {
          const found = await new Parse.Query(Parse.User).find({ useMasterKey: params.master });
          return found.map((user: { get(name: string): unknown }) => user.get('username'));
        });
      },
    });
    await client.emulator.users.create({ username: 'ann' });
    expect(await client.ask('POST', '/functions/users', { master: true })).toEqual({ result: ['ann'] });
    expect(await client.ask('POST', '/functions/users', { master: false })).toEqual({ result: [] });
    expect(fetching).not.toHaveBeenCalled();
    fetching.mockRestore();
  });

  it('is evaluated anew for each emulator and each fork, with the files that it requires', async () => {
    using application = createApplication({ 'main.js': COUNTING, 'counter.js': COUNTER });
    const cloud = application.path('main.js');
    await using one = createClient({ cloud });
    await using other = createClient({ cloud });
    await using fork = createClient({}, one.emulator.fork());
    const count = (client: typeof one) => client.ask('POST', '/functions/count', {});
    expect([await count(one), await count(one), await count(other), await count(fork)]).toEqual([
      { result: 1 },
      { result: 2 },
      { result: 1 },
      { result: 1 },
    ]);
  });

  it('keeps subclasses and settings of the SDK apart', async () => {
    using application = createApplication({
      'main.js': `
        class Game extends Parse.Object {
          constructor() {
            super('Game');
          }
          label() {
            return Parse.applicationId;
          }
        }
        Parse.Object.registerSubclass('Game', Game);
        Parse.Cloud.define('label', async () => {
          await new Game().save(null, { useMasterKey: true });
          const [game] = await new Parse.Query('Game').find({ useMasterKey: true });
          return [game.label(), game instanceof Game];
        });
      `,
    });
    const options = { cloud: application.path('main.js'), allowClientClassCreation: true };
    await using one = createClient({ ...options, appId: 'one' });
    await using other = createClient({ ...options, appId: 'other' });
    const [first, second] = await Promise.all([one, other].map((client) => client.ask('POST', '/functions/label', {})));
    expect([first, second]).toEqual([{ result: ['one', true] }, { result: ['other', true] }]);
  });

  it('refuses the global Parse outside of all cloud code when there are several', async () => {
    const read = (): unknown => Reflect.get(globalThis, 'Parse');
    const before = read();
    const one = createClient({ cloud: () => undefined });
    await one.emulator.ready;
    const other = createClient({ cloud: () => undefined });
    await other.emulator.ready;
    expect(read).toThrow('Failed to find Parse: several emulators have cloud code');
    await other.emulator.close();
    await one.emulator.close();
    expect(read()).toBe(before);
  });

  it('loads ES modules with what they import, each emulator its own', async () => {
    using application = createApplication({
      'main.mjs': `
        import Parse from 'parse/node';
        import { next } from './counter.mjs';
        Parse.Cloud.define('count', () => next());
        Parse.Cloud.define('same', () => globalThis.Parse === Parse);
      `,
      'counter.mjs': 'let count = 0; export const next = () => ++count;',
    });
    const cloud = application.path('main.mjs');
    await using one = createClient({ cloud });
    await using other = createClient({ cloud });
    expect(await one.ask('POST', '/functions/count', {})).toEqual({ result: 1 });
    expect(await other.ask('POST', '/functions/count', {})).toEqual({ result: 1 });
    expect(await other.ask('POST', '/functions/same', {})).toEqual({ result: true });
  });

  it.each([
    ['an error', "\n\nthrow new TypeError('not today');", 'main.js:3: TypeError: not today'],
    ['a mistake of syntax', '\nconst = 1;', "main.js:2: SyntaxError: Unexpected token '='"],
    ['a name that there is not', '\nunknown();', 'main.js:2: ReferenceError: unknown is not defined'],
    ['what Parse refuses', "Parse.Cloud.beforeSave('_Session', () => {});", 'Only the afterLogout trigger is allowed'],
  ])('names file and line of %s', async (_, text, told) => {
    using application = createApplication({ 'main.js': text });
    const emulator = createEmulator({ cloud: application.path('main.js') });
    await expect(emulator.ready).rejects.toThrow(told);
    await emulator.close();
  });

  it('says when there is no such file', async () => {
    const emulator = createEmulator({ cloud: '/nowhere/main.js' });
    await expect(emulator.ready).rejects.toThrow('Failed to load cloud code: there is no file /nowhere/main.js');
    await emulator.close();
  });

  it('sends mail into the outbox', async () => {
    await using client = createClient({
      cloud: (Parse) =>
        Parse.Cloud.define('mail', () =>
          Parse.Cloud.sendEmail({ to: 'ann@example.com', subject: 'Hello', text: 'You.' }),
        ),
    });
    expect(await client.ask('POST', '/functions/mail', {})).toEqual({});
    expect(client.emulator.outbox).toMatchObject([
      { kind: 'mail', to: 'ann@example.com', subject: 'Hello', text: 'You.' },
    ]);
  });

  it('starts jobs, and tells how they ended', async () => {
    let end: (said: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => {
      end = resolve;
    });
    await using client = createClient({
      cloud: (Parse) => {
        Parse.Cloud.job('tidy', () => ended);
        Parse.Cloud.define('start', () => Parse.Cloud.startJob('tidy', {}));
      },
    });
    const { result: jobId } = await client.ask('POST', '/functions/start', {});
    const status = () => client.ask('GET', `/classes/_JobStatus/${jobId}`, undefined, MASTER);
    expect(await status()).toMatchObject({ jobName: 'tidy', status: 'running' });
    end('all tidy');
    await vi.waitFor(async () => expect(await status()).toMatchObject({ status: 'succeeded', message: 'all tidy' }));
  });

  it('prints what cloud code prints with the request that it belongs to', async () => {
    const printing = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await using client = createClient({
      cloud: (Parse) => Parse.Cloud.define('say', () => console.log('hello', 1)),
    });
    await client.ask('POST', '/functions/say', {});
    expect(printing).toHaveBeenCalledWith('[function say, POST /parse/functions/say] hello', 1);
    printing.mockRestore();
  });

  it('is loaded again when a file changes; a mistake in it leaves the old code and the objects', async () => {
    const warning = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    using application = createApplication({
      'main.js': "Parse.Cloud.define('say', () => require('./words'));",
      'words.js': "module.exports = 'first';",
    });
    await using client = createClient({ cloud: application.path('main.js'), watch: true });
    await client.emulator.users.create({ username: 'ann' });
    const say = async () => (await client.ask('POST', '/functions/say', {}))['result'];
    expect(await say()).toBe('first');
    application.write('words.js', "module.exports = 'second, and longer';");
    await vi.waitFor(async () => expect(await say()).toBe('second, and longer'), { timeout: 60_000 });
    application.write('main.js', '\nnot code');
    await vi.waitFor(() => expect(warning.mock.calls.flat().join()).toContain('main.js:2: SyntaxError'), {
      timeout: 60_000,
    });
    expect(await say()).toBe('second, and longer');
    expect(await client.emulator.users.find('ann')).toBeDefined();
    warning.mockRestore();
  });

  it.each([false, true])('saves, counts and deletes several objects at once (transaction: %s)', async (transaction) => {
    using application = createApplication({
      'main.js': `
        Parse.Cloud.define('several', async ({ params: { transaction } }) => {
          const options = { useMasterKey: true, transaction };
          const items = await Parse.Object.saveAll([1, 2].map((n) => new Parse.Object('Item', { n })), options);
          const count = await new Parse.Query('Item').count(options);
          await Parse.Object.destroyAll(items, { useMasterKey: true });
          return [items.map((item) => [typeof item.id, item.get('n')]), count, await new Parse.Query('Item').count(options)];
        });
      `,
    });
    await using client = createClient({ cloud: application.path('main.js'), allowClientClassCreation: true });
    expect(await client.ask('POST', '/functions/several', { transaction })).toEqual({
      result: [
        [
          ['string', 1],
          ['string', 2],
        ],
        2,
        0,
      ],
    });
  });

  it('tells by explain which function refused, and where', async () => {
    using application = createApplication({
      'main.js': "\nParse.Cloud.define('no', () => {\n  throw new Error('not today');\n});",
    });
    await using client = createClient({ cloud: application.path('main.js'), explain: true });
    expect(await client.ask('POST', '/functions/no', {})).toMatchObject({
      error: 'not today',
      emulator: {
        cause: expect.stringMatching(/^The application's own code refused it: function no, at .*main\.js:3\.$/),
      },
    });
  });

  it('has validators of the configuration, too', async () => {
    const seen: unknown[] = [];
    await using client = createClient({
      cloud: (Parse) => {
        Parse.Cloud.beforeSave(Parse.Config, () => void seen.push('skipped by the master key'), {
          skipWithMasterKey: true,
        });
        Parse.Cloud.afterSave(Parse.Config, () => void seen.push('asked for'), {
          fields: { motto: { required: true } },
          validateMasterKey: true,
        });
      },
    });
    const put = (params: { [name: string]: string }) => client.ask('PUT', '/config', { params }, MASTER);
    expect(await put({ motto: 'onward' })).toEqual({ result: true });
    expect(seen).toEqual(['asked for']);
  });

  it('tells triggers which members of a database a query is for', async () => {
    await using client = createClient({
      cloud: (Parse) => {
        Parse.Cloud.beforeFind('_User', ({ query }: { query: { toJSON(): object } }) => {
          throw new Parse.Error(1, JSON.stringify(query.toJSON()));
        });
      },
    });
    const asked = 'readPreference=SECONDARY&includeReadPreference=PRIMARY&subqueryReadPreference=NEAREST';
    const { error } = await client.ask('GET', `/users?${asked}`);
    expect(JSON.parse(String(error))).toMatchObject({
      readPreference: 'SECONDARY',
      includeReadPreference: 'PRIMARY',
      subqueryReadPreference: 'NEAREST',
    });
  });

  it('may define late, after something that it waits for', async () => {
    const late: (() => void)[] = [];
    await using client = createClient({
      cloud: (Parse) => {
        late.push(() => {
          Parse.Cloud.define('late', () => 'here');
          Parse.Cloud.beforeSave(Parse.User, ({ object }: { object: { set(name: string, value: string): void } }) =>
            object.set('nickname', 'set late'),
          );
        });
      },
    });
    expect(await client.ask('POST', '/functions/late', {})).toMatchObject({ code: 141 });
    for (const define of late) define();
    expect(await client.ask('POST', '/functions/late', {})).toEqual({ result: 'here' });
    expect(client.emulator.printSchema()).toContain('enum CloudCodeFunction {\n  late\n}');
    const ann = await client.ask('POST', '/users', { username: 'ann', password: 'annspass' });
    expect(ann).toMatchObject({ nickname: 'set late' });
  });

  const TYPESCRIPT = `
    declare const Parse: any;
    const add = (one: number, other: number): number => one + other;
    Parse.Cloud.define('add', ({ params }: { params: { a: number; b: number } }) => add(params.a, params.b));
  `;

  it.runIf(stripsTypes)('takes TypeScript where Node reads it', async () => {
    using application = createApplication({ 'main.ts': TYPESCRIPT });
    await using client = createClient({ cloud: application.path('main.ts') });
    expect(await client.ask('POST', '/functions/add', { a: 1, b: 2 })).toEqual({ result: 3 });
  });

  it.skipIf(stripsTypes)('says that this Node does not read TypeScript', async () => {
    using application = createApplication({ 'main.ts': TYPESCRIPT });
    await using client = createClient({ cloud: application.path('main.ts') });
    await expect(client.emulator.ready).rejects.toThrow(
      /^Failed to load cloud code: .*main\.ts: Node v[\d.]+ does not read TypeScript; 22\.18 and later do$/,
    );
  });
});
