import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmulator } from '../../../src/emulator.ts';
import { DataFile } from '../../../src/node/data-file/data-file.ts';
import { toEntryJson } from '../../../src/node/data-file/journal/lines.ts';
import { readSnapshotFile } from '../../../src/node/data-file/snapshot-file.ts';
import { parseJson } from '../../../src/node/json/text.ts';
import { startServer } from '../../../src/node/server/serve.ts';
import type { ApplyExternalChange } from '../../../src/store/persistence.ts';
import { newFolder } from '../../support/folder.ts';

const HASH = '$2b$04$WBj4Ea6wSFmb5qSHYI7kEuMZ93lA7Hvv.6T4ANQGvkIRYR3hHKRoq';
const TEXT = JSON.stringify(
  {
    _User: [{ objectId: 'ann', username: 'ann', email: 'ann@x.org', _hashed_password: HASH, score: -1.5e2, ACL: {} }],
    Note: [{ objectId: 'note', text: 'a \\ "b" \u00e9\n', done: [true, null] }],
  },
  null,
  2,
);

const without = (index: number): string => TEXT.slice(0, index) + TEXT.slice(index + 1);

/** The text without one of its characters, for each of them, and for those that hold it together. */
const variants = Array.from(TEXT, (_character, index) => without(index));
const brokenVariants = [...TEXT.matchAll(/["\\{}[\]]/g)].map(({ index }) => without(index));

const isNamedMistake = (error: unknown): boolean =>
  error instanceof Error && /^Failed to read .*users\.json: (line \d+, column \d+: |it must hold)/.test(error.message);

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

// An expression that tries every way to cut a text takes longer than anybody waits for a test.
describe('a data file in which one character is missing', { timeout: 120_000 }, () => {
  it('is read, or refused with the place of the mistake', async () => {
    const path = join(await newFolder(), 'users.json');
    let refused = 0;
    for (const text of variants) {
      await writeFile(path, text);
      const error = await refusal(readSnapshotFile(path));
      expect([text, error, error === undefined || isNamedMistake(error)]).toEqual([text, error, true]);
      if (error) refused += 1;
    }
    expect(refused).toBeGreaterThan(variants.length / 5);
  });

  it('starts a server, or its start is refused with the place', async () => {
    const folder = await newFolder();
    for (const [index, text] of brokenVariants.entries()) {
      const db = join(folder, `${index}-users.json`);
      await writeFile(db, text);
      const error = await refusal(startServer({ port: 0, db, bcryptRounds: 4 }).then(({ close }) => close()));
      expect([text, error, error === undefined || isNamedMistake(error)]).toEqual([text, error, true]);
    }
  });

  it('is refused or taken up by a running emulator, which goes on answering', async () => {
    const path = join(await newFolder(), 'users.json');
    await writeFile(path, TEXT);
    let apply: ApplyExternalChange | undefined;
    const file = await DataFile.open(path, { warn: () => undefined, apply: () => apply });
    const emulator = createEmulator({
      persistence: {
        read: () => file.read(),
        append: (changes) => file.append([{ json: toEntryJson(changes), changes }]),
        replace: (snapshot) => file.replace(snapshot),
        onExternalChange(next) {
          apply = next;
        },
        close: () => file.close(),
      },
    });
    onTestFinished(() => emulator.close());
    await emulator.ready;
    for (const text of brokenVariants) {
      await writeFile(path, text);
      const error = await refusal(file.fold());
      expect([text, error, error === undefined || isNamedMistake(error)]).toEqual([text, error, true]);
      const headers = { 'x-parse-application-id': 'APPLICATION_ID' };
      const { status } = await emulator.fetch(new Request('http://localhost/parse/health', { headers }));
      expect(status).toBe(200);
    }
    await writeFile(path, TEXT);
    await file.fold();
  });

  it('is refused with its place, however long the text is behind a quote that is missing', () => {
    const text = `{ "a": "${'x'.repeat(100_000)}`;
    expect(() => parseJson('a.json', text)).toThrow('Failed to read a.json: line 1, column 8: there is "');
    expect(() => parseJson('a.json', `{ "a": "${'\\n'.repeat(100_000)}`)).toThrow('line 1, column 8');
  });
});
