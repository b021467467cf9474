import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { OPTIONS, type OptionRow } from '../../src/options/table.ts';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');

const toRow = ([name, row]: [string, OptionRow]): string => {
  const standard = row.default === undefined ? '' : `\`${JSON.stringify(row.default)}\``;
  return `| \`${name}\` | ${escapeCell(row.text)} | ${escapeCell(standard)} |`;
};

const toTable = (): string =>
  ['| Option | | Default |', '|---|---|---|', ...Object.entries<OptionRow>(OPTIONS).map(toRow)].join('\n');

it('the README shows every option of the table; `npx vitest run test/project/readme -u` writes it', async () => {
  const readme = await readFile(README, 'utf8');
  const marks = /(?<=<!-- options -->\n).*?(?=<!-- \/options -->)/s;
  expect(readme).toMatch(marks);
  await expect(readme.replace(marks, () => `${toTable()}\n`)).toMatchFileSnapshot(README);
});
