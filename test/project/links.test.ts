import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { anchorsOf, deadLinks, linksOf } from './links.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const pagesBelow = async (folder: string): Promise<string[]> =>
  (await readdir(join(ROOT, folder), { recursive: true }))
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => join(folder, path));

it('no page of the repository has a dead link', async () => {
  const paths = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    ...(await pagesBelow('docs')),
    ...(await pagesBelow('examples')),
  ];
  const pages = Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
  expect(Object.keys(pages)).toContain('docs/decisions/sessions.md');
  expect(Object.values(pages).flatMap(linksOf).length).toBeGreaterThan(50);
  expect(deadLinks(pages, (path) => existsSync(join(ROOT, path)))).toEqual([]);
});

describe('deadLinks', () => {
  const pages = { 'README.md': '# One\n## Two words\n## Two words\n', 'docs/a.md': '# A' };
  const find = (text: string) =>
    deadLinks({ ...pages, 'docs/b.md': text }, (path) => path === 'docs/a.png' || path === 'fixtures');

  it.each([
    '[no](no.md)',
    'words\n[a](a.md), [no](../docs/no.md)',
    '![no](no.png)',
    '<img src="no.png">',
    '[no]: no.md',
    '[no](../README.md#three)',
    '[no](#b)',
    '[no](../../outside.md)',
  ])('finds the one in %s', (text) => {
    expect(find(text)).toHaveLength(1);
  });

  it.each([
    '[a](a.md) and [README](../README.md)',
    '[two](../README.md#two-words), [again](../README.md#two-words-1)',
    '![a](a.png) <img src="a.png">',
    '# B\n[b](#b)',
    '[fixtures](../fixtures/)',
    '[elsewhere](https://example.com/no.md) [mail](mailto:a@b.c)',
    '```md\n[no](no.md)\n```\nand `[no](no.md)`',
  ])('finds none in %s', (text) => {
    expect(find(text)).toEqual([]);
  });

  it('says where they are', () => {
    expect(find('one\n[no](no.md)')).toEqual(['docs/b.md:2 no.md']);
  });
});

it('headings are named as hosts name them', () => {
  expect([...anchorsOf('# `emulator.fetch()`\n## ERROR\\_CODES\n## See [a](b.md), too\n```\n# no\n```')]).toEqual([
    'emulatorfetch',
    'error_codes',
    'see-a-too',
  ]);
});
