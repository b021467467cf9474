import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import demo from '../../fixtures/demo.json' with { type: 'json' };
import { OPTIONS, type OptionRow } from '../../src/options/table.ts';

const pathTo = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const readPage = (path: string): Promise<string> => readFile(pathTo(path), 'utf8');

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

const toRow = ([name, row]: [string, OptionRow]): string => {
  const standard = row.default === undefined ? '' : `\`${JSON.stringify(row.default)}\``;
  return `| \`${name}\` | ${escapeCell(row.text)} | ${escapeCell(standard)} |`;
};

const toTable = (): string =>
  ['| Option | | Default |', '|---|---|---|', ...Object.entries<OptionRow>(OPTIONS).map(toRow)].join('\n');

it('docs/options.md shows every option of the table; `npx vitest run test/project/readme -u` writes it', async () => {
  const page = await readPage('docs/options.md');
  const marks = /(?<=<!-- options -->\n).*?(?=<!-- \/options -->)/s;
  expect(page).toMatch(marks);
  await expect(page.replace(marks, () => `${toTable()}\n`)).toMatchFileSnapshot(pathTo('docs/options.md'));
});

it('the README fits a screen, and begins with two commands that .ci/run calls, too', async () => {
  const readme = await readPage('README.md');
  expect(readme.split(/\s+/).length).toBeLessThan(900);
  const commands = [...readme.matchAll(/^```sh\n(.*?)\n```$/gms)].map(([, command]) => command);
  expect(commands.slice(0, 2)).toEqual(['npm ci && npm run dev', 'npm ci && npm test']);
  expect((await readPage('.ci/run')).trimEnd().split('\n').at(-1)).toBe(commands[1]);
});

it('the README shows the log-ins of the demo, as the fixtures have them', async () => {
  const [table = ''] =
    /(?<=<!-- demo log-ins -->\n).*?(?=<!-- \/demo log-ins -->)/s.exec(await readPage('README.md')) ?? [];
  const logIns = [...table.matchAll(/^\| `(.+?)` \| `(.+?)` \| .+ \|$/gm)].map(([, name, password]) => [
    name,
    password,
  ]);
  expect(logIns).toEqual(demo._User.map(({ username, password }) => [username, password]));
});
