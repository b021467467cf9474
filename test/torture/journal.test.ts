import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { toEntryJson, toLines } from '../../src/node/data-file/journal/lines.ts';
import { parseJournal } from '../../src/node/data-file/journal/text.ts';

/** `npm run torture` takes a journal of many commits; `npm test` one of a few. */
const COMMITS = process.env['npm_lifecycle_event'] === 'torture' ? 30 : 8;

const entryOf = (number: number): string =>
  toEntryJson([
    { className: '_User', objectId: `u${number}`, record: { username: `näme ${number}`, n: randomInt(1e6) } },
  ]);

const header = JSON.stringify({ journal: 2, base: null, marks: [] });
const fold = JSON.stringify({ into: 'f'.repeat(64), entries: 2 });
const jsons = [header, ...Array.from({ length: COMMITS }, (_, number) => entryOf(number)), fold];
const bytes = Buffer.from(toLines(jsons, 0).text);
const { entries } = parseJournal(bytes);

/** What is read must be the beginning of what was written, and whatever is left out must be told. */
const expectBeginning = (changed: Buffer, what: string): void => {
  const found = parseJournal(changed);
  expect([what, found.entries]).toEqual([what, entries.slice(0, found.entries.length)]);
  expect([what, found.rest !== undefined]).toEqual([what, found.bytes < changed.length]);
};

it(`reads nothing but the beginning of a journal of ${bytes.length} bytes, however it is damaged`, {
  timeout: 600_000,
}, () => {
  expect(entries).toHaveLength(COMMITS);
  for (const at of bytes.keys()) {
    for (let bit = 0; bit < 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      expectBeginning(flipped, `bit ${bit} of byte ${at}`);
      expect(parseJournal(flipped).rest).toBeDefined();
    }
    expectBeginning(bytes.subarray(0, at), `cut at ${at}`);
    expectBeginning(Buffer.concat([bytes.subarray(0, at), Buffer.alloc(512)]), `zeros from ${at} on`);
    const repeated = Buffer.concat([bytes, bytes.subarray(at)]);
    expectBeginning(repeated, `the tail from ${at} on, twice`);
    expect(parseJournal(repeated).rest).toBeDefined();
  }
});
