import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEmulator, type Json } from '../../src/index.ts';
import { behaviourOf, PARSE_VERSIONS } from '../../src/parse/versions/versions.ts';
import { schemaLines } from './schema-lines.ts';
import { apartIn, comparedOf } from './versions/apart.ts';
import { comparable, readAnswers } from './versions/comparison.ts';
import { playChapter, SCRIPT } from './versions/script.ts';
import { startEmulator } from './versions/servers.ts';

const RECORDED = 289;

describe.each(PARSE_VERSIONS)('%s', (parseVersion) => {
  const recorded = readAnswers(behaviourOf({ parseVersion }).patch);
  const apart = apartIn(parseVersion);

  it.each(SCRIPT)('answers the chapter $name as a real server of this version', async (chapter) => {
    await using server = startEmulator(chapter, { parseVersion });
    const answers = await playChapter(chapter, server);
    const [expected, actual]: [{ [name: string]: Json }, { [name: string]: Json }] = [{}, {}];
    for (const [name, answer] of recorded) {
      if (!name.startsWith(`${chapter.name}/`) || apart[name]) continue;
      [expected[name], actual[name]] = comparable(comparedOf(answer), answers.get(name));
    }
    expect(actual).toEqual(expected);
    expect(Object.keys(expected).length).toBeGreaterThan(0);
  });

  it('was asked every request, of which few are set apart', () => {
    expect(recorded.size).toBe(RECORDED);
    expect(Object.keys(apart).filter((name) => !recorded.has(name))).toEqual([]);
    expect(Object.keys(apart).length).toBeLessThanOrEqual(6);
  });

  it('has the schema of a real server, both ways', () => {
    const path = new URL(
      `versions/schemas/${SCHEMAS[parseVersion] ?? behaviourOf({ parseVersion }).patch}.graphql`,
      import.meta.url,
    );
    const printed = createEmulator({ parseVersion, legacyForms: false }).printSchema();
    expect(schemaLines(printed)).toEqual(schemaLines(readFileSync(path, 'utf8')));
  });
});

/** Versions whose schema is that of another one, letter by letter. */
const SCHEMAS: { readonly [version: string]: string } = { '9.10': '8.6.94', '9-next': '8.6.94' };
