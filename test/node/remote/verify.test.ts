import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { main } from '../../../src/node/command/cli.ts';
import { compare, noMatches } from '../../../src/node/remote/verify/compare.ts';
import { stepsOfDocuments } from '../../../src/node/remote/verify/documents.ts';
import { readRequests, stepsOfRequests } from '../../../src/node/remote/verify/requests.ts';
import { differencesOf, REPORT_FORMS, type Report, verify } from '../../../src/node/remote/verify/verify.ts';
import { type EmulatorServer, type ServerOptions, startServer } from '../../../src/node/server/serve.ts';
import { newFolder } from '../../support/folder.ts';

const KEYS = { appId: 'mine', masterKey: 'of the server' };
const everybody = { '*': true };
const TODO = {
  className: 'Todo',
  fields: { title: { type: 'String' } },
  classLevelPermissions: { find: everybody, get: everybody, create: everybody },
};

const serveParse = async (options: ServerOptions = {}): Promise<EmulatorServer> => {
  const server = await startServer({
    ...{ ...KEYS, legacyForms: false, bcryptRounds: 4, port: 0, seed: { schemas: [TODO], Todo: [{ title: 'A' }] } },
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
};

const places = (report: Report): string[] =>
  differencesOf(report).map(({ step, difference }) => `${step}: ${difference?.place}`);

describe('verify', () => {
  it('finds a server and its picture the same, and leaves nothing behind', async () => {
    const server = await serveParse();
    const before = server.emulator.snapshot();
    const progress: number[] = [];
    const report = await verify({
      ...{ ...KEYS, against: server.url, seeds: [{ schemas: [TODO] }] },
      onProgress: (done) => progress.push(done),
    });
    expect(places(report)).toEqual([]);
    expect(report.outcomes.length).toBeGreaterThan(150);
    expect(progress).toHaveLength(report.outcomes.length);
    expect(report.leftBehind).toEqual([]);
    const after = server.emulator.snapshot();
    for (const className of ['_User', '_Session', '_Role', 'schemas', 'Todo']) {
      expect(after[className] ?? [], className).toEqual(before[className] ?? []);
    }
  });

  it('finds out a changed permission and a renamed field, each by its place', async () => {
    const changed = {
      ...TODO,
      fields: { name: { type: 'String' } },
      classLevelPermissions: { ...TODO.classLevelPermissions, find: {} },
    };
    const server = await serveParse({ seed: { schemas: [changed], Todo: [{ name: 'A' }] } });
    const steps = stepsOfDocuments([
      { path: 'todos.graphql', text: 'query Todos { todos { edges { node { title } } } }' },
    ]);
    const report = await verify({ ...KEYS, against: server.url, seeds: [{ schemas: [TODO] }], steps });
    expect(places(report)).toEqual(['class Todo: body.fields.title', 'todos.graphql: Todos: HTTP status']);
  });

  it('finds out cloud code, and an option', async () => {
    const server = await serveParse({
      triggers: {
        _User: {
          beforeSave: ({ object }) => {
            if (object['username']?.toString().endsWith('eva')) throw new Error('no Evas');
            return { nick: 'x' };
          },
        },
      },
    });
    const report = await verify({ ...KEYS, against: server.url });
    expect(places(report).length).toBeGreaterThan(0);
    const strict = await serveParse({ enforcePrivateUsers: false });
    expect(places(await verify({ ...KEYS, against: strict.url }))).toContain('log-in: by REST: body.ACL.*');
  });

  it('takes what it made away when it is stopped', async () => {
    const server = await serveParse();
    const stop = new AbortController();
    const report = await verify({
      ...{ ...KEYS, against: server.url, signal: stop.signal },
      onProgress: (done) => (done === 60 ? stop.abort() : undefined),
    });
    expect(report.outcomes.length).toBeLessThan(70);
    expect(server.emulator.snapshot()['_User'] ?? []).toEqual([]);
  });

  it('writes nothing when it is to read only', async () => {
    const server = await serveParse();
    const writes: string[] = [];
    server.emulator.watch((event) => {
      if (event.kind === 'change') writes.push(JSON.stringify(event.changes));
    });
    const report = await verify({ ...KEYS, against: server.url, readOnly: true });
    expect({ writes, places: places(report) }).toEqual({ writes: [], places: [] });
    expect(report.outcomes.filter(({ result }) => result === 'same').length).toBeGreaterThan(20);
  });

  it('goes without GraphQL where there is none', async () => {
    const server = await serveParse({ graphQLPath: '/elsewhere' });
    const report = await verify({ ...KEYS, against: server.url, readOnly: true });
    expect(report.outcomes.some(({ reason }) => reason === 'GraphQL was not found: name it with --graphql')).toBe(true);
    const found = await verify({ ...KEYS, against: server.url, readOnly: true, graphQL: `${server.url}/elsewhere` });
    expect(places(found)).toEqual([]);
  });
});

describe('compare', () => {
  const differ = (server: unknown, emulator: unknown) => compare(server, emulator, 'body', noMatches())?.place;

  it('matches ids, tokens and dates, and nothing else', () => {
    expect(differ({ id: 'abcdefghij' }, { id: 'klmnopqrst' })).toBeUndefined();
    expect(differ(['abcdefghij', 'abcdefghij'], ['klmnopqrst', 'uvwxyzabcd'])).toBe('body[1]');
    expect(differ({ at: '2026-01-01T00:00:00.000Z' }, { at: '2027-01-01T00:00:00.000Z' })).toBeUndefined();
    expect(differ({ name: 'ann' }, { name: 'bob' })).toBe('body.name');
    expect(differ({ a: 1 }, { a: 1, b: 2 })).toBe('body.b');
    expect(differ([1], [1, 2])).toBe('body[1]');
    expect(
      differ({ id: 'abcdefghij', ACL: { abcdefghij: 1 } }, { id: 'klmnopqrst', ACL: { klmnopqrst: 1 } }),
    ).toBeUndefined();
  });
});

describe('what the application asks itself', () => {
  it('comes from documents that share fragments', () => {
    const steps = stepsOfDocuments(
      [
        {
          path: 'a.graphql',
          text: 'query Me($id: ID!) { user(id: $id) { ...Name } } mutation Out { logOut(input: {}) { ok } }',
        },
        { path: 'b.graphql', text: 'fragment Name on User { username }' },
      ],
      { Me: { id: 'x' } },
    );
    expect(steps.map(({ name, writes }) => [name, writes])).toEqual([
      ['a.graphql: Me', false],
      ['a.graphql: Out', true],
    ]);
    expect(steps[0]?.body).toEqual({ query: expect.stringContaining('fragment Name on User'), variables: { id: 'x' } });
    expect(() => stepsOfDocuments([{ path: 'c.graphql', text: 'query {' }])).toThrow(
      'Failed to read c.graphql: line 1, column 8: ',
    );
  });

  it('comes from a HAR and from the log of an emulator', () => {
    const har = {
      log: {
        entries: [
          {
            request: { method: 'POST', url: 'https://a.example/graphql', postData: { text: '{"query":"{ health }"}' } },
          },
          {
            request: { method: 'POST', url: 'https://a.example/graphql', postData: { text: '{"query":"{ health }"}' } },
          },
          { request: { method: 'GET', url: 'https://a.example/parse/classes/Todo?limit=1' } },
          { request: { method: 'DELETE', url: 'https://a.example/parse/classes/Todo/x' } },
          { request: { method: 'GET', url: 'https://a.example/logo.png' } },
        ],
      },
    };
    const steps = stepsOfRequests(readRequests('a.har', har));
    expect(steps.map(({ method, path, writes }) => [method, path, writes])).toEqual([
      ['POST', '', false],
      ['GET', '/classes/Todo?limit=1', false],
      ['DELETE', '/classes/Todo/x', true],
    ]);
    expect(readRequests('log.json', [{ method: 'GET', url: '/parse/config' }])).toHaveLength(1);
    expect(() => readRequests('x.json', {})).toThrow('Failed to read x.json: it is no HAR, and no list of requests');
  });
});

describe('the command verify', () => {
  const run = async (argv: readonly string[]) => {
    const [out, errors]: [string[], string[]] = [[], []];
    const code = await main(argv, {
      print: (text) => out.push(text),
      warn: (text) => errors.push(text),
      untilStopped: () => new Promise(() => undefined),
      environment: { PARSE_APPLICATION_ID: 'mine', PARSE_MASTER_KEY: 'of the server' },
    });
    return { code, out: out.join('\n'), errors: errors.join('\n') };
  };

  it('ends with 1 where something differs, unless it is allowed, and reports in four forms', async () => {
    const server = await serveParse({ enableAnonymousUsers: false, objectIdSize: 12 });
    const folder = await newFolder();
    await writeFile(join(folder, 'todos.graphql'), 'query Todos { todos { edges { node { title } } } }');
    const config = join(folder, 'parse.config.json');
    await writeFile(config, JSON.stringify({ schemas: [TODO], objectIdSize: 12 }));
    const argv = [
      'verify',
      '--against',
      server.url,
      '--config',
      config,
      '--documents',
      `${folder}/*.graphql`,
      '--read-only',
    ];
    expect(await run(argv)).toMatchObject({ code: 0, errors: '' });
    const other = await serveParse({ seed: { schemas: [{ ...TODO, fields: { name: { type: 'String' } } }] } });
    const differing = argv.map((word) => (word === server.url ? other.url : word));
    const text = await run(differing);
    expect(text.code).toBe(1);
    expect(text.out).toContain(
      'class Todo\n  at body.fields.title\n    server:   nothing\n    emulator: {"type":"String"}',
    );
    expect((await run([...differing, '--report', 'junit'])).out).toContain(
      '<failure message="differs at body.fields.title">',
    );
    expect(JSON.parse((await run([...differing, '--report', 'json'])).out)).toMatchObject({ differences: 2 });
    expect((await run([...differing, '--report', 'markdown'])).out).toContain('| class Todo | body.fields.title |');
    const { outcomes } = JSON.parse((await run([...differing, '--report', 'json'])).out) as Report;
    const names = outcomes.flatMap(({ step, result }) => (result === 'differs' ? [step] : []));
    await writeFile(join(folder, 'allow.txt'), `# what was renamed\n${names.join(' # since May\n')}\n`);
    expect(await run([...differing, '--allow', join(folder, 'allow.txt')])).toMatchObject({ code: 0 });
    expect((await run([...differing, '--report', 'pdf'])).errors).toContain(
      '--report is text, json, junit, markdown, not "pdf"',
    );
  });

  it('has reports that hold whatever stands in answers', () => {
    const difference = { place: 'body.a', server: '"<b>&\u0001|"', emulator: 'nothing' };
    const report: Report = {
      ...{ server: 'http://a.example/parse', parseServerVersion: '9.10.0', allowed: [], leftBehind: [] },
      outcomes: [{ step: 'a | b', result: 'differs', difference }],
    };
    expect(REPORT_FORMS['junit']?.(report)).toContain('&#60;b&#62;&#38;|');
    expect(REPORT_FORMS['markdown']?.(report)).toContain('| a \\| b | body.a |');
  });
});
