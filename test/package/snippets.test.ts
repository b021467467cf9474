import { spawn } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import demo from '../../fixtures/demo.json' with { type: 'json' };
import { readPages, readSnippets, reasonNotToRun, type Snippet, toModule } from '../project/snippets.ts';
import { type Consumer, folderOf, installPackage } from '../support/consumer.ts';
import { freshEnvironment } from '../support/workspace.ts';

const SET_UPS = fileURLToPath(new URL('../project/set-ups', import.meta.url));

/** What the pages import beside the package and its peers. */
const OTHERS = ['@apollo/client', '@types/node', '@urql/core', 'graphql-request', 'otpauth', 'rxjs'];

const snippets = readPages()
  .flatMap(readSnippets)
  .map((snippet) => ({ ...snippet, name: `${snippet.page}:${snippet.line}` }));
const ofLanguage = (language: string) => snippets.filter((snippet) => snippet.language === language);

let consumer: Consumer;

/** What somebody has who follows the pages: an application with its cloud code, its users and files of another Parse Server. */
const prepare = async (folder: string): Promise<void> => {
  const files: { readonly [path: string]: unknown } = {
    'package.json': { type: 'module', scripts: { test: 'node --version' } },
    'cloud/package.json': { type: 'commonjs' },
    'cloud/main.js': "Parse.Cloud.define('hello', () => 'Hello!');",
    'users.json': { _User: [{ username: 'ann', password: 'secret' }] },
    '_User.json': { results: [{ objectId: 'a', username: 'ann', password: 'secret' }] },
    '_Role.json': { results: [{ objectId: 'b', name: 'admin', ACL: {} }] },
    'Todo.json': { results: [{ objectId: 'c', title: 'Try it' }] },
    '_Join:users:_Role.json': { results: [{ owningId: 'b', relatedId: 'a' }] },
    'export.json': demo,
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
};

beforeAll(async () => {
  consumer = await installPackage();
  const modules = join(consumer.folder, 'node_modules');
  for (const name of OTHERS) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(folderOf(name), join(modules, name));
  }
  await mkdir(join(modules, '.bin'));
  await symlink(join(consumer.installed, 'bin/parse-users-emulator.js'), join(modules, '.bin/parse-users-emulator'));
  await cp(SET_UPS, join(consumer.folder, 'set-ups'), { recursive: true });
  await prepare(consumer.folder);
});

afterAll(() => consumer?.[Symbol.asyncDispose]());

describe('the TypeScript of the pages', () => {
  it('fits the packed types', async () => {
    const paths = await Promise.all(
      ofLanguage('ts').map(async (snippet) => {
        const path = join(consumer.folder, `${snippet.name.replace(/\W/g, '-')}.ts`);
        await writeFile(
          path,
          toModule(snippet, (setUp) => `./set-ups/${setUp}.ts`),
        );
        return path;
      }),
    );
    const program = ts.createProgram(paths, {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      types: ['node'],
      strict: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      resolveJsonModule: true,
      allowImportingTsExtensions: true,
      noEmit: true,
    });
    const complaints = paths.flatMap((path) => {
      const file = program.getSourceFile(path);
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        ({ start = 0, messageText }) => {
          const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
          return `${path.slice(consumer.folder.length)}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
        },
      );
    });
    expect(paths.length).toBeGreaterThan(20);
    expect(complaints).toEqual([]);
  });
});

/** A command that runs: what it has printed so far, and how it ends. */
type Running = { readonly printed: Promise<string>; readonly end: () => void };

/** Runs a script until it has printed `until`, or to its end. Its `printed` rejects when it ends badly, or before that. */
const run = (script: string, until?: string): Running => {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: consumer.folder,
    env: freshEnvironment({ CI: 'true', NO_COLOR: '1' }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (): void => {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  };
  const printed = new Promise<string>((resolve, reject) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (until !== undefined && text.includes(until)) resolve(text);
      });
    }
    child.on('close', (code) => {
      if (code === 0 && until === undefined) resolve(text);
      else reject(new Error(`${script} ended with ${code}:\n${text}`));
    });
  });
  return { printed, end };
};

/** The port of the pages may be taken here. */
const atFreePort = (script: string): string =>
  script.replace('--port 1337', '').replace(/npx parse-users-emulator(?! (?:schema|export|exec)\b)/g, '$& --port 0');

const addressIn = (printed: string): string => /http:\/\/\S+(?=\/graphql)/.exec(printed)?.[0] ?? '';

/** Runs a block of shell as its note says. Returns what it printed. */
const runShell = async ({ text, note = '' }: Snippet): Promise<string> => {
  const server = note.startsWith('with server')
    ? run(atFreePort('npx parse-users-emulator --memory --seed demo --verify-user-emails --bcrypt-rounds 4'), 'Try it')
    : undefined;
  try {
    const script = server
      ? text.replaceAll('http://localhost:1337', addressIn(await server.printed))
      : atFreePort(text);
    const command = run(script, /until (.+)$/.exec(note)?.[1]);
    return await command.printed.finally(command.end);
  } finally {
    server?.end();
  }
};

describe('the commands of the pages', () => {
  const commands = ofLanguage('sh');

  it.each(commands.filter((snippet) => reasonNotToRun(snippet) === undefined))('run: $name', async (snippet) => {
    const printed = await runShell(snippet);
    expect(printed).not.toMatch(/"errors?"/);
  });

  it('are run, most of them', () => {
    const left = commands.filter((snippet) => reasonNotToRun(snippet) !== undefined);
    expect(commands.length).toBeGreaterThan(left.length + 8);
  });
});
