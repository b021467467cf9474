import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/node/command/cli.ts';
import { startServer } from '../../../src/node/server/serve.ts';
import { eventually } from '../../support/eventually.ts';
import { newFolder } from '../../support/folder.ts';

type Run = { readonly code: number; readonly out: string; readonly errors: string };

/** Runs a command line; `whileUp` is called with what was printed once a server is up, and then it is stopped. */
const run = async (argv: readonly string[], whileUp?: (printed: string) => Promise<void>): Promise<Run> => {
  const out: string[] = [];
  const errors: string[] = [];
  let stop = (): void => undefined;
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    stop = () => resolve('SIGTERM');
  });
  const ended = main(argv, {
    print: (text) => out.push(text),
    warn: (text) => errors.push(text),
    untilStopped: () => stopped,
  });
  if (whileUp) {
    await eventually(() => expect(out.length + errors.length).toBeGreaterThan(0));
    try {
      await whileUp(out.join('\n'));
    } finally {
      stop();
    }
  }
  return { code: await ended, out: out.join('\n'), errors: errors.join('\n') };
};

const file = async (name: string, content: unknown): Promise<string> => {
  const path = join(await newFolder(), name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const urlIn = (printed: string): string => /http:\/\/[\w.]+:\d+/.exec(printed)?.[0] ?? '';

const signUp = async (url: string, fields = {}): Promise<number> => {
  const headers = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };
  const body = JSON.stringify({ username: 'a', password: 'b', ...fields });
  return (await fetch(`${url}/parse/users`, { method: 'POST', headers, body })).status;
};

const QUICK = ['--port', '0', '--bcrypt-rounds', '4'];

describe('the command line', () => {
  it('starts, says what runs where, and keeps what it is told', async () => {
    const db = join(await newFolder(), 'users.json');
    const first = await run([...QUICK, '--db', db], async (printed) => {
      expect(await signUp(urlIn(printed))).toBe(201);
    });
    expect(first).toMatchObject({ code: 0, errors: '' });
    const url = urlIn(first.out);
    for (const line of [
      `${url}/graphql`,
      `${url}/playground`,
      `${url}/parse`,
      'APPLICATION_ID',
      'MASTER_KEY',
      `${db}, 0 users`,
    ]) {
      expect(first.out).toContain(line);
    }
    const second = await run([...QUICK, '--db', db], async () => undefined);
    expect(second.out).toContain(`${db}, 1 user\n`);
  });

  it('prints a command that works as it stands', async () => {
    await run([...QUICK, '--memory', '--javascript-key', "it's"], async (printed) => {
      const [, command = ''] = /Try it:\s+(curl.+)$/s.exec(printed) ?? [];
      const { stdout } = await promisify(execFile)('sh', ['-c', `${command.trim()} -s -o /dev/null -w '%{http_code}'`]);
      expect(stdout).toBe('200');
    });
  });

  it('prints its address only with --quiet, and errors', async () => {
    const { out, code } = await run([...QUICK, '--memory', '--quiet'], async () => undefined);
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(code).toBe(0);
  });

  it('prints a line for each request with --verbose', async () => {
    const { out } = await run([...QUICK, '--memory', '--verbose'], async (printed) => {
      await signUp(urlIn(printed), { password: 'secret-one' });
    });
    expect(out).toMatch(/^POST \/parse\/users 201 \(nobody\) \d+ ms$/m);
    expect(out).not.toContain('secret-one');
  });

  it("tells with --verbose which answers are the version's own", async () => {
    const { out } = await run([...QUICK, '--memory', '--verbose', '--parse-version', '6.5'], async (printed) => {
      await fetch(`${urlIn(printed)}/parse/schemas`, { headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' } });
    });
    expect(out).toMatch(/^GET \/parse\/schemas 403 .+ 6\.5 has words that say what was refused; today it is .+$/m);
  });

  it('explains refusals in terms of flags and control routes', async () => {
    let hints = '';
    const lockout = ['--account-lockout', '{"threshold":1,"duration":5}'];
    const { out } = await run([...QUICK, '--memory', '--verbose', ...lockout], async (printed) => {
      const url = urlIn(printed);
      const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
      await signUp(url);
      for (let i = 0; i < 2; i++) await fetch(`${url}/parse/login?username=a&password=x`, { headers });
      await fetch(`${url}/parse/users`, { headers: { 'X-Parse-Application-Id': 'OTHER' } });
      await fetch(`${url}/parse/functions/none`, { method: 'POST', headers });
      hints = await (await fetch(`${url}/emulator/requests`)).text();
    });
    expect(out).toMatch(/: The account is locked: --account-lockout allows only so many wrong passwords in a row\.$/m);
    expect(hints).toContain('go back to the seed: POST /emulator/reset.');
    expect(hints).toContain('Send X-Parse-Application-Id with the id of --app-id; --apps allows further ones.');
    expect(hints).toContain('Define it: the file of --cloud.');
    expect(out + hints).not.toMatch(/the option [a-z]+[A-Z]|emulator\.(?:reset|users|clock)/);
  });

  it('prints mail, unless it is to be quiet', async () => {
    const mailing = [...QUICK, '--memory', '--verify-user-emails'];
    const sendMail = async (printed: string): Promise<void> => {
      await signUp(urlIn(printed), { email: 'a@example.com' });
    };
    expect((await run(mailing, sendMail)).out).toMatch(/^Mail to a@example\.com: .+\n {2}http:\/\/\S+token=\w+$/m);
    expect((await run([...mailing, '--quiet'], sendMail)).out).not.toContain('Mail');
  });

  it('begins with the fixtures of the package', async () => {
    const { out } = await run([...QUICK, '--memory', '--seed', 'demo'], async () => undefined);
    expect(out).toContain('in memory only, 7 users');
    expect(out).toMatch(/Log in as:\n\n {2}admin +admin-demo-password\n {2}johndoe +ASuperStrongPassword\n/);
    expect(out).toContain('/emulator/outbox');
    expect(out).toContain('Ctrl-C stops it');
  });

  it('begins with fixtures, and with the data if there is some', async () => {
    const db = join(await newFolder(), 'users.json');
    const seed = await file('seed.json', { _User: [{ username: 'seeded', password: 'x' }] });
    const first = await run(
      [...QUICK, '--db', db, '--seed', seed],
      async (printed) => void (await signUp(urlIn(printed))),
    );
    expect(first.out).toContain('1 user\n');
    const second = await run([...QUICK, '--db', db, '--seed', seed], async () => undefined);
    expect(second).toMatchObject({ code: 0, errors: `${db} holds data already: --seed was left out` });
    expect(second.out).toContain('2 users\n');
    expect(await readFile(db, 'utf8')).toMatch(/"_hashed_password": "\$2/);
  });

  it('takes options from a file and from flags, which win', async () => {
    const config = await file('parse.json', {
      appId: 'CONFIGURED',
      masterKey: 'CONFIGURED',
      port: 0,
      verifyUserEmails: true,
    });
    const { out } = await run(
      ['--memory', '--config', config, '--masterKey', 'FLAG', '--no-verifyUserEmails'],
      async () => undefined,
    );
    expect(out).toMatch(/Application id +CONFIGURED\n +Master key +FLAG\n/);
  });

  it('prints the schema, with the classes of a file', async () => {
    const schema = await file('schemas.json', {
      results: [{ className: 'Todo', fields: { title: { type: 'String' } } }],
    });
    const { out, code } = await run(['schema', '--schema', schema]);
    expect(code).toBe(0);
    expect(out).toMatch(/^(?:type|schema|"""|directive|input|enum|union|interface|scalar)/);
  });

  it('prints the data of a file, also while a server uses it', async () => {
    const db = join(await newFolder(), 'users.json');
    await run([...QUICK, '--db', db], async (printed) => {
      await signUp(urlIn(printed));
      const { out, code } = await run(['export', '--db', db]);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({
        _User: [{ username: 'a', _hashed_password: expect.any(String) }],
        _Session: [{}],
      });
      const [user] = JSON.parse((await run(['export', '--db', db, '--format', 'parse'])).out)._User;
      expect(user).toMatchObject({ username: 'a', bcryptPassword: expect.stringMatching(/^\$2b\$04\$/) });
      expect(Object.keys(user).filter((name) => name.startsWith('_'))).toEqual([]);
    });
  });

  it('fits its help on a screen, and shows an example', async () => {
    const { out, code } = await run(['--help']);
    const lines = out.split('\n');
    expect([code, lines.length <= 24, Math.max(...lines.map((line) => line.length)) <= 80]).toEqual([0, true, true]);
    expect(out).toContain('parse-users-emulator --port 1337 --db users.json --seed demo');
  });

  it('lists every option that can be written as text', async () => {
    const { out } = await run(['--help', 'options']);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const flag of [
      'rest-api-key',
      'server-url',
      'graphql-public-introspection',
      'dot-net-key',
      'auth',
      'no-email-adapter',
    ]) {
      expect(out).toContain(`  --${flag}`);
    }
    expect(out).not.toContain('persistence');
  });

  it.each([
    [['export', '--help'], /export \[--db FILE\].*--format FORMAT.*export --db users\.json --format parse/s],
    [['schema', '-h'], /schema \[flags\].*--seed FILE.*schema --seed demo/s],
    [['help', 'exec'], /exec \[flags\] -- COMMAND.*PARSE_GRAPHQL_URL.*exec -- npm test/s],
    [['--help', 'exec'], /exec \[flags\] -- COMMAND/],
  ])('has a help for each command: %j', async (argv, expected) => {
    const { code, out } = await run(argv);
    expect([code, out]).toEqual([0, expect.stringMatching(expected)]);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(82);
    expect(out).not.toContain('--repair');
  });

  it('says so when it is asked for help with what there is not', async () => {
    expect(await run(['exprot', '--help'])).toMatchObject({
      code: 2,
      errors: expect.stringContaining('There is no command "exprot". Did you mean "export"?'),
    });
  });

  it('prints its version', async () => {
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('a command line that makes no sense', () => {
  it.each([
    [['--verify-user-email'], 'There is no flag --verify-user-email. Did you mean --verify-user-emails?'],
    [['--verifyUserEmail'], 'There is no flag --verifyUserEmail. Did you mean --verify-user-emails?'],
    [['-x'], 'There is no flag -x.'],
    [['--constructor'], 'There is no flag --constructor.'],
    [['--__proto__', '1'], 'There is no flag --__proto__.'],
    [['--memory=1'], '--memory must be true or false, not "1"'],
    [['--verifyUserEmails=yes'], '--verify-user-emails must be true or false, not "yes"'],
    [['shema'], 'There is no command "shema". Did you mean "schema"?'],
    [['export', 'users.json'], 'There is a word too many: "users.json"'],
    [['--port'], 'Not enough arguments following --port'],
    [['--port', 'abc'], '--port must be a whole number from 0 to 65535, not "abc"'],
    [['--bcrypt-rounds', '99'], '--bcrypt-rounds must be a whole number from 4 to 31, not 99'],
    [['--session-length', 'long'], '--session-length must be a number above 0, not "long"'],
    [['--auth', '{ "google": 1 }'], '--auth.google must be true, false or an object, not 1'],
    [
      ['--auth', '{ google }'],
      'Failed to read --auth: line 1, column 3: there is "google" where a name in double quotes belongs',
    ],
    [['--email-adapter'], '--email-adapter must be false or a function, not true'],
    [['--memory', '--db', 'x.json'], '--memory and --db exclude each other'],
    [['export', '--memory'], 'export takes the data of a file, so that --memory makes no sense'],
  ])('%j ends with 2 and a sentence', async (argv, sentence) => {
    const { code, errors, out } = await run(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors.split('\n')[0]).toBe(sentence);
    expect(errors).toContain('--help shows the flags');
  });
});

describe('a start that fails', () => {
  const failure = async (argv: readonly string[]): Promise<string> => {
    const { code, errors, out } = await run(argv);
    expect({ code, out, lines: errors.split('\n').length }).toEqual({ code: 1, out: '', lines: 1 });
    return errors;
  };

  it('names the mistake in a config', async () => {
    const config = await file('parse.json', { verifyUserEmail: true });
    expect(await failure(['--config', config])).toBe(
      `Failed to start: ${config}: there is no option "verifyUserEmail". Did you mean "verifyUserEmails"?`,
    );
    const broken = await file('parse.json', '{\n  "appId": \n}');
    expect(await failure(['--config', broken])).toBe(
      `Failed to read ${broken}: line 3, column 1: there is "}" where a value belongs`,
    );
    expect(await failure(['--config', 'nowhere.json'])).toBe('Failed to read nowhere.json: there is no such file');
  });

  it('names the mistake in a fixture, and leaves no data file', async () => {
    const seed = await file('seed.json', { _User: [{ username: 'a', password: 'x', email: 'no address' }] });
    const folder = await newFolder();
    const sentence = await failure([...QUICK, '--db', join(folder, 'users.json'), '--seed', seed]);
    expect(sentence).toMatch(
      /^Failed to load .+seed\.json: _User\[0\]\.email: "no address" is not a valid email address$/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('names the mistake in a data file, and leaves it alone', async () => {
    const db = await file('users.json', '{ "_User": [');
    expect(await failure([...QUICK, '--db', db])).toBe(
      `Failed to read ${db}: line 1, column 13: the text ends where a value belongs`,
    );
    expect(await readFile(db, 'utf8')).toBe('{ "_User": [');
  });

  it('names the mistake in a record of a data file', async () => {
    const db = await file('users.json', { _User: [{ objectId: 'a', username: 'a', email: 'no address' }] });
    expect(await failure([...QUICK, '--db', db])).toContain(
      `Failed to read ${db}: line 1, column 50: _User[0].email: `,
    );
  });

  it('names the process that uses the data file', async () => {
    const db = join(await newFolder(), 'users.json');
    await using _ = await startServer({ port: 0, db });
    expect(await failure([...QUICK, '--db', db])).toMatch(
      /^Failed to open .+users\.json: this process uses it since .+$/,
    );
  });

  it('says that the port is in use', async () => {
    await using server = await startServer({ port: 0 });
    expect(await failure(['--memory', '--port', String(server.port)])).toContain(
      `Failed to listen on http://127.0.0.1:${server.port}: the port is in use.`,
    );
  });

  it('says that there is nothing to export', async () => {
    expect(await failure(['export', '--db', 'nowhere.json'])).toBe(
      'Failed to read nowhere.json: there is no such file',
    );
  });
});

it('takes every option that is an object as a flag, and no empty host', async () => {
  const objects = ['auth', 'password-policy', 'account-lockout', 'pages', 'schema', 'protected-fields', 'file-upload'];
  for (const flag of objects) {
    const { errors } = await run(['--port', '0', '--memory', `--${flag}`, '{"a b":']);
    expect(errors).toContain(`Failed to read --${flag}: line 1`);
  }
  const { code, errors } = await run(['--port', '0', '--memory', '--host=']);
  expect([code, errors]).toEqual([2, expect.stringContaining('The host is empty')]);
});
