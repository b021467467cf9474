import { readdir, stat } from 'node:fs/promises';
import { extname, join, parse } from 'node:path';
import type { Fixtures } from '../../../emulator.ts';
import { isObject } from '../../../parse/record.ts';
import { UserError } from '../../../parse/user-error.ts';
import { parseJson, readTextFile } from '../../json/text.ts';
import { isRow, readCsv } from './csv.ts';

/** A file whose class is its name: `_User.json`, `_Join:users:_Role.csv`. */
const classOf = (path: string): string => parse(path).name;

/** A row a line, as mongoexport writes them. Throws a message with the place of a mistake. */
const readLines = (path: string, text: string): unknown[] =>
  text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [parseJson(path, line, i + 1)]));

const areLines = (text: string): boolean => {
  const [first = '', second = ''] = text.trimStart().split('\n', 2);
  return /^\{.*\}\s*$/.test(first) && /^\{.*\}\s*$/.test(second);
};

const tellsClass = (row: unknown): boolean => isObject(row) && typeof row['className'] === 'string';

/** Lists and answers of one class stand under the name of their file; everything else says itself what it is. */
const toFixtures = (path: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.length > 0 && value.every(tellsClass) ? value : { [classOf(path)]: value };
  if (isRow(value)) return { [classOf(path)]: [value] };
  const isAnswer = isObject(value) && Array.isArray(value['results']) && value['className'] === undefined;
  return isAnswer ? { [classOf(path)]: value } : value;
};

const readText = (path: string, text: string): unknown => {
  if (extname(path) === '.csv') return readCsv(path, text);
  if (['.ndjson', '.jsonl'].includes(extname(path)) || areLines(text)) return readLines(path, text);
  return parseJson(path, text);
};

const readOne = async (path: string): Promise<unknown> => toFixtures(path, readText(path, await readTextFile(path)));

const isSeedFile = (name: string): boolean => ['.json', '.ndjson', '.jsonl', '.csv'].includes(extname(name));

/** A folder is one seed, a file for each class: members of relations may stand in a file before those of their objects. */
const readFolder = async (folder: string): Promise<unknown> => {
  const names = (await readdir(folder)).filter(isSeedFile).sort();
  if (names.length === 0) throw new UserError(`Failed to read ${folder}: no file in it is JSON or CSV`);
  const merged: { [className: string]: unknown } = {};
  for (const name of names) {
    const fixtures = await readOne(join(folder, name));
    const rows = Array.isArray(fixtures) ? { [classOf(name)]: fixtures } : Object(fixtures);
    for (const [className, list] of Object.entries(rows)) {
      if (merged[className] !== undefined) {
        throw new UserError(`Failed to read ${join(folder, name)}: another file of the folder has ${className}, too`);
      }
      merged[className] = list;
    }
  }
  return merged;
};

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Reads fixtures from a file or a folder, whatever export they come from: JSON, a row a line, CSV. Throws a message that names the file when
 * it cannot be read; `seed` looks at what is in it.
 */
export const readSeedFile = async (path: string): Promise<Fixtures> =>
  (await ((await isFolder(path)) ? readFolder(path) : readOne(path))) as Fixtures;
