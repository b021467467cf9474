import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFingerprint } from '../../../src/node/data-file/atomic-write.ts';
import { readOwnLayout } from '../../../src/node/data-file/own-layout.ts';
import { toJsonChunks } from '../../../src/node/data-file/snapshot-file.ts';
import type { Snapshot } from '../../../src/store/persistence.ts';
import { newFolder } from '../../support/folder.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n  ]', '\n    },\n    {', '"', '\\', 'é☃😀'));
const anyRow = fc.dictionary(anyText, fc.oneof(anyText, fc.jsonValue()), { noNullPrototype: true });
const anySnapshot = fc.dictionary(anyText, fc.array(anyRow, { maxLength: 20 }), { noNullPrototype: true });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

describe('readOwnLayout', () => {
  it('reads what was written here as JSON.parse does', async () => {
    const path = join(await newFolder(), 'users.json');
    await fc.assert(
      fc.asyncProperty(anySnapshot, async (snapshot) => {
        const text = [...toJsonChunks(snapshot as Snapshot)].join('');
        await writeFile(path, text);
        const found = await readOwnLayout(path);
        if (found) expect(found).toEqual({ value: JSON.parse(text), fingerprint: toFingerprint(Buffer.from(text)) });
        else expect(Object.keys(snapshot)).toEqual([]); // {} is left to the other reader
      }),
      { numRuns: 100 },
    );
  });

  it('reads no other text in another way', async () => {
    const path = join(await newFolder(), 'users.json');
    const cuts = fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('', ' ', '\n', '}', '{', ']', '[', ',', '\n  ]', '},\n    {')),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(anySnapshot, fc.constantFrom(0, 1, 2, 4), cuts, async (snapshot, indent, edits) => {
        let text = `${JSON.stringify(snapshot, null, indent)}\n`;
        for (const [at, added] of edits) {
          const place = at % text.length;
          text = text.slice(0, place) + added + text.slice(place + (at % 3));
        }
        await writeFile(path, text);
        const found = await readOwnLayout(path);
        if (found) expect(found.value).toEqual(parse(Buffer.from(text).toString('utf8'))); // half a character is none
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it('reads rows that are longer than what is read at a time', async () => {
    const path = join(await newFolder(), 'users.json');
    const rows = Array.from({ length: 40 }, (_, i) => ({ objectId: `${i}`, text: 'é'.repeat(i * 9001) }));
    const snapshot = { _User: rows, _Role: [], Todo: rows.slice(0, 3) };
    await writeFile(path, [...toJsonChunks(snapshot)].join(''));
    expect((await readOwnLayout(path))?.value).toEqual(snapshot);
  });
});
