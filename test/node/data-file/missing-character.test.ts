import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createEmulator } from '../../../src/emulator.ts';
import { readConfigurationFile } from '../../../src/node/command/configuration/file.ts';
import { readFlag } from '../../../src/node/command/flag-values.ts';
import { readSeeds, seedFrom } from '../../../src/node/command/seeds/seeds.ts';
import { DataFile } from '../../../src/node/data-file/data-file.ts';
import { toEntryJson } from '../../../src/node/data-file/journal/lines.ts';
import { readSnapshotFile } from '../../../src/node/data-file/snapshot-file.ts';
import { parseJson } from '../../../src/node/json/text.ts';
import { startServer } from '../../../src/node/server/serve.ts';
import { checkOptions } from '../../../src/options/check.ts';
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

/** A text without one of its characters, for each of them. */
const variantsOf = (text: string): string[] =>
  Array.from({ length: text.length }, (_, index) => text.slice(0, index) + text.slice(index + 1));

const variants = variantsOf(TEXT);
/** Those of which a character is missing that holds the text together, and some others. */
const brokenVariants = variants.filter((_, index) => /["\\{}[\],:]/.test(TEXT[index] ?? '') || index % 5 === 0);

const isNamedMistake = (error: unknown): boolean =>
  error instanceof Error && /^Failed to read .*users\.json: (line \d+, column \d+: |it must hold)/.test(error.message);

/** In a program the mistake names its place in the state; the command line makes a line of the file of it. */
const isPlaced = (error: unknown): boolean =>
  isNamedMistake(error) || (error instanceof Error && error.name === 'FixtureError');

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

// An expression that tries every way to cut a text takes longer than anybody waits for a test.
afterEach(() => void vi.restoreAllMocks());

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

  it('starts an emulator, or its start is refused with the place', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const path = join(await newFolder(), 'users.json');
    for (const text of variants) {
      await writeFile(path, text);
      const persistence = {
        read: async () => (await readSnapshotFile(path))?.snapshot ?? null,
        append: async () => undefined,
        replace: async () => undefined,
      };
      const error = await refusal(createEmulator({ persistence, bcryptRounds: 4 }).ready);
      expect([text, error, error === undefined || isPlaced(error)]).toEqual([text, error, true]);
    }
  });

  it('starts a server, or its start is refused with the place', async () => {
    const folder = await newFolder();
    for (const [index, text] of brokenVariants.filter((_, nth) => nth % 4 === 0).entries()) {
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

const SCHEMAS = { schemas: [{ className: 'Note', fields: { text: { type: 'String', required: true } } }] };

const load: { readonly [kind: string]: { readonly text: string; readonly read: (path: string) => Promise<unknown> } } =
  {
    'a seed': {
      text: JSON.stringify({ ...SCHEMAS, _User: [{ username: 'ann', password: 'x', email: 'ann@x.org' }] }),
      read: async (path) => seedFrom(createEmulator({ bcryptRounds: 4 }), await readSeeds([path])),
    },
    'a configuration': {
      text: JSON.stringify({
        appId: 'mine',
        verifyUserEmails: true,
        publicServerURL: 'http://localhost/',
        bcryptRounds: 4,
      }),
      read: async (path) => checkOptions(await readConfigurationFile(path), path),
    },
    'a file of classes': {
      text: JSON.stringify(SCHEMAS, null, 2),
      read: async (path) => {
        const schema = await readFlag(
          { name: 'schema', kind: 'schema', flag: 'schema', parameter: 'FILE' } as never,
          path,
        );
        createEmulator({ schema: schema as never });
      },
    },
  };

describe.each(Object.entries(load))('%s in which one character is missing', (_, { text, read }) => {
  it('is taken, or refused with its name', { timeout: 120_000 }, async () => {
    const path = join(await newFolder(), 'given.json');
    let refused = 0;
    for (const variant of variantsOf(text)) {
      await writeFile(path, variant);
      const error = await refusal(read(path));
      const isNamed = error instanceof Error && /given\.json|--schema|^Failed to start: /.test(error.message);
      expect([variant, error, error === undefined || isNamed]).toEqual([variant, error, true]);
      if (error) refused += 1;
    }
    expect(refused).toBeGreaterThan(text.length / 5);
  });
});
