import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import Parse from 'parse/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { newFolder } from '../support/folder.ts';
import { snippetModule } from '../support/snippet-modules.ts';
import { printedBy, readPages, readSnippets, reasonNotToRun, type Snippet, snippetsIn } from './snippets.ts';

const isProgram = ({ language }: Snippet): boolean => ['ts', 'js', 'tsx', 'jsx'].includes(language);
const isRun = (snippet: Snippet): boolean => reasonNotToRun(snippet) === undefined;

/** Whether a block holds tests: they are run as such. */
const holdsTests = ({ text }: Snippet): boolean => /from '(vitest|parse-users-emulator\/vitest)'/.test(text);

const load = ({ page, line, language }: Snippet): Promise<unknown> =>
  import(/* @vite-ignore */ snippetModule(page, line, language));

const show = (values: readonly unknown[]): string =>
  values
    .map((value) => (typeof value === 'string' ? value : inspect(value, { breakLength: Number.POSITIVE_INFINITY })))
    .join(' ');

/** Runs a program in a folder of its own. Returns what it printed, a text for each line. */
const run = async (snippet: Snippet): Promise<string[]> => {
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values) => void printed.push(show(values)));
  const folder = process.cwd();
  process.chdir(await newFolder());
  try {
    await load(snippet);
  } finally {
    process.chdir(folder);
    log.mockRestore();
  }
  return printed;
};

const snippets = readPages().flatMap(readSnippets);
const programs = snippets.filter((snippet) => isProgram(snippet) && isRun(snippet));

describe('the code in the pages', () => {
  // Programs tell the SDK which class of sockets to take, and leave it a client; the next file of this worker has the same SDK.
  afterEach(() => {
    Parse.CoreManager.setWebSocketController(WebSocket as never); // which it takes by itself in Node
    Parse.CoreManager.getLiveQueryController().setDefaultLiveQueryClient(undefined as never);
  });

  for (const snippet of programs.filter(holdsTests)) {
    describe(`${snippet.page}:${snippet.line}`, async () => {
      await load(snippet);
    });
  }

  it.each(programs.filter((snippet) => !holdsTests(snippet)))('runs: $page:$line', async (snippet) => {
    expect(await run(snippet)).toEqual(printedBy(snippet));
  });

  it.each(snippets.filter(({ language }) => language === 'json'))('is JSON: $page:$line', ({ text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it('is marked where it is not run, with a reason; and most of it is run', () => {
    const left = snippets.filter((snippet) => isProgram(snippet) && !isRun(snippet));
    expect(programs.length).toBeGreaterThan(4 * left.length);
    const notes = snippets.flatMap(({ note }) => note ?? []);
    expect(notes.filter((note) => !/^(not run: .{10,}|with [a-z]+|(with server, )?until .+)$/.test(note))).toEqual([]);
  });
});

it('docs/browser.md shows the code of the example that is tested', () => {
  const example = readFileSync(
    new URL('../../examples/playwright-service-worker/app/mail.js', import.meta.url),
    'utf8',
  );
  expect(readSnippets('docs/browser.md').map(({ text }) => text)).toContain(example);
});

it('a block is found with its line, its language and its note', () => {
  const page = [
    '# A',
    '```sh',
    'npm ci',
    '```',
    '<!-- snippet: not run: it is half -->',
    '```ts',
    'a;',
    '',
    'b;',
    '```',
  ];
  expect(snippetsIn('a.md', page.join('\n'))).toEqual([
    { page: 'a.md', line: 3, language: 'sh', text: 'npm ci\n', note: undefined },
    { page: 'a.md', line: 7, language: 'ts', text: 'a;\n\nb;\n', note: 'not run: it is half' },
  ]);
});
