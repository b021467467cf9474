import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/index.ts';
import { APART, comparedOf } from './versions/apart.ts';
import { comparable, readAnswers } from './versions/comparison.ts';
import { playChapter, SCRIPT } from './versions/script.ts';
import { startEmulator } from './versions/servers.ts';

/** The recorded patch of each version. */
const PATCHES: { readonly [version: string]: string } = { '9.10': '9.10.0' };

describe.each(Object.entries(PATCHES))('as %s', (_version, patch) => {
  const recorded = readAnswers(patch);

  it.each(SCRIPT)('answers the chapter $name as a real server does', async (chapter) => {
    await using server = startEmulator(chapter);
    const answers = await playChapter(chapter, server);
    const [expected, actual]: [{ [name: string]: Json }, { [name: string]: Json }] = [{}, {}];
    for (const [name, answer] of recorded) {
      if (!name.startsWith(`${chapter.name}/`) || APART[name]) continue;
      [expected[name], actual[name]] = comparable(comparedOf(answer), answers.get(name));
    }
    expect(actual).toEqual(expected);
    expect(Object.keys(expected).length).toBeGreaterThan(0);
  });

  it('has every recorded request in the script', () => {
    expect(recorded.size).toBe(289);
  });
});

it('nothing is set apart that was not recorded', () => {
  const recorded = readAnswers('9.10.0');
  expect(Object.keys(APART).filter((name) => !recorded.has(name))).toEqual([]);
});
