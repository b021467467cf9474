import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PARSE_VERSIONS } from '../../src/parse/versions/versions.ts';

const SOURCES = new URL('../../src/', import.meta.url);
const TABLE = 'parse/versions/table.ts';

const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const namesAVersion = (text: string): boolean =>
  PARSE_VERSIONS.some((version) => ["'", '"', '`'].some((quote) => text.includes(`${quote}${version}${quote}`)));
const textOf = (path: string): string =>
  readFileSync(new URL(path, SOURCES), 'utf8').replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');

it('only the table of versions names a version', () => {
  expect(sources.filter((path) => namesAVersion(textOf(path)))).toEqual([TABLE]);
});
