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

describe('regular expressions', { timeout: 300_000 }, () => {
  it('take time in proportion to the text that they are matched with, whatever it is', async () => {
    const patterns = findPatterns();
    expect(patterns.length).toBeGreaterThan(100);
    expect(await slowOf(patterns)).toEqual([]);
  });

  it('that try every way to cut a text are found', async () => {
    const slow = ['/"(?:[a-z]+|\\\\n)*"/y', '/^.+@.+$/'].map((text) => toPattern('', text));
    expect(await slowOf(slow)).toHaveLength(2);
  });
});
