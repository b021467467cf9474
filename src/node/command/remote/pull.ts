import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isObject, type JsonObject } from '../../../parse/record.ts';
import { codeOf, fileError } from '../../json/file-error.ts';
import { parseJson, readTextFile } from '../../json/text.ts';
import { differenceOf } from '../../remote/pull/difference.ts';
import { type Picture, type Pulled, pull } from '../../remote/pull/pull.ts';
import type { CommandLine } from '../command-line.ts';
import type { Terminal } from '../terminal.ts';
import { listOf, numberOf, readKeys, requireText, textOf } from './keys.ts';
import { createProgressBar, type ProgressBar } from './progress.ts';

const DEFAULT_OUT = 'parse.config.json';
const FIXTURES = 'parse.fixtures.ndjson';

/** What stands in the file already; undefined where there is none. */
const readBefore = async (path: string): Promise<JsonObject | undefined> => {
  try {
    const found = parseJson(path, await readTextFile(path));
    return isObject(found) ? found : {};
  } catch (error) {
    if (error instanceof Error && codeOf(error.cause) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Writes a file whole or not at all. */
const writeWhole = async (path: string, write: (temporary: string) => Promise<void>): Promise<void> => {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw codeOf(error) === undefined ? error : fileError('write', path, error);
  }
};

const writeRows = async (pulled: Pulled, path: string): Promise<number> => {
  const file = await open(path, 'w');
  let count = 0;
  try {
    for await (const rows of pulled.fixtures()) {
      count += rows.length;
      await file.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    }
  } finally {
    await file.close();
  }
  return count;
};

const readRows = async (pulled: Pulled, out: string, bar: ProgressBar): Promise<{ path: string; count: number }> => {
  const path = join(dirname(out), FIXTURES);
  let count = 0;
  await writeWhole(path, async (temporary) => {
    count = await writeRows(pulled, temporary);
  }).finally(bar.end);
  return { path, count };
};

/** Members that a picture may have, or not any more. */
const PICTURE: readonly (keyof Picture)[] = ['parseVersion', 'appId', 'graphQLConfig', 'parameters', 'schemas'];

/** The file as it is to be: the picture, and what a person has put beside it. */
const toFile = (before: JsonObject, picture: Picture, seed: string | undefined): object => {
  const own = Object.entries(before).filter(([name]) => !PICTURE.some((member) => member === name));
  const { schemas, ...rest } = picture;
  return { ...rest, ...Object.fromEntries(own), ...(seed !== undefined && { seed }), schemas };
};

const tell = (lines: readonly string[], isNew: boolean, { print }: Terminal): void => {
  if (isNew) return;
  print(lines.length === 0 ? 'Nothing has changed since the last pull.' : lines.join('\n'));
};

/** `pull`: a server's picture as a configuration, and rows as fixtures. Resolves with the exit code. */
export const runPull = async (line: CommandLine, terminal: Terminal): Promise<number> => {
  const { flags } = line;
  const from = requireText(flags, 'from', 'https://api.example.com/parse');
  const out = textOf(flags, 'out') ?? DEFAULT_OUT;
  const [users = 0, rows = 50] = [numberOf(flags, 'users'), numberOf(flags, 'rows')];
  const [classes, keep] = [listOf(flags, 'classes'), listOf(flags, 'keep')];
  const password = textOf(flags, 'password') ?? 'secret';
  const bar = createProgressBar(terminal);
  const before = await readBefore(out);
  const pulled = await pull({
    ...{ from, users, rows, classes, keep, password, ...(await readKeys(line, terminal)) },
    onProgress: ({ className, done, of }) => bar.show(done, of, className),
  });
  const { picture } = pulled;
  const lines = differenceOf(before ?? {}, picture);
  tell(lines, before === undefined, terminal);
  if (flags.get('check') === true) {
    if (before === undefined) terminal.warn(`There is no ${out} yet: pull without --check makes it`);
    return before === undefined || lines.length > 0 ? 1 : 0;
  }
  const isSeeded = users > 0 || classes.length > 0;
  const fixtures = isSeeded ? await readRows(pulled, out, bar) : undefined;
  const file = toFile(before ?? {}, picture, fixtures?.path);
  await writeWhole(out, (temporary) => writeFile(temporary, `${JSON.stringify(file, null, 2)}\n`));
  terminal.print(`${out}: Parse Server ${picture.parseVersion}, ${picture.schemas.length} classes`);
  if (fixtures)
    terminal.print(
      `${fixtures.path}: ${fixtures.count} rows, made anonymous; the password of all users is ${password}`,
    );
  terminal.print(`Start it: parse-users-emulator --config ${out}`);
  return 0;
};
