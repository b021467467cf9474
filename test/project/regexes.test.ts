import { readFileSync, writeFileSync } from 'node:fs';
import { check } from 'recheck';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { nodesOf, readSource } from './source-file.ts';

type Pattern = { readonly place: string; readonly source: string; readonly flags: string };

const toPattern = (place: string, text: string): Pattern => {
  const end = text.lastIndexOf('/');
  return { place: `${place} ${text}`, source: text.slice(1, end), flags: text.slice(end + 1) };
};

/** Each regular expression of the source once, by its text. */
const findPatterns = (): Pattern[] => {
  const found = new Map<string, Pattern>();
  for (const folder of ['src', 'playground'] as const) {
    for (const { path, tree } of readSource(folder)) {
      for (const node of nodesOf(tree)) {
        const text = ts.isRegularExpressionLiteral(node) ? node.getText() : undefined;
        if (text !== undefined) found.set(text, toPattern(`${folder}/${path}`, text));
      }
    }
  }
  return [...found.values()];
};

/** The places of those that are not proved linear. One after the other: the checker gives up on some of many at once. */
const slowOf = async (patterns: readonly Pattern[]): Promise<string[]> => {
  const slow: string[] = [];
  for (const { place, source, flags } of patterns) {
    const { status } = await check(source, flags, { timeout: null });
    if (status !== 'safe') slow.push(`${status}: ${place}`);
  }
  return slow;
};

/**
 * The expressions that were proved before, a line each: a proof takes a second, and holds as long as the expression stays as it is.
 * `REGEXES=all` proves all of them anew, and writes them down.
 */
const PROVED = new URL('proved-regexes.txt', import.meta.url);
const PROVES_ALL = process.env['REGEXES'] === 'all';

const readProved = (): ReadonlySet<string> => new Set(readFileSync(PROVED, 'utf8').trimEnd().split('\n'));

const textOf = ({ source, flags }: Pattern): string => `/${source}/${flags}`;

describe('regular expressions', { timeout: 300_000 }, () => {
  it('take time in proportion to the text that they are matched with, whatever it is', async () => {
    const patterns = findPatterns();
    const proved = readProved();
    expect(patterns.length).toBeGreaterThan(100);
    expect(await slowOf(patterns.filter((one) => PROVES_ALL || !proved.has(textOf(one))))).toEqual([]);
    if (PROVES_ALL) writeFileSync(PROVED, `${patterns.map(textOf).sort().join('\n')}\n`);
  });

  it('that try every way to cut a text are found', async () => {
    const slow = ['/"(?:[a-z]+|\\\\n)*"/y', '/^.+@.+$/'].map((text) => toPattern('', text));
    expect(await slowOf(slow)).toHaveLength(2);
  });
});
