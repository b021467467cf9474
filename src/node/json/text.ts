import { readFile } from 'node:fs/promises';
import { UserError } from '../../parse/user-error.ts';
import { codeOf, fileError } from './file-error.ts';
import { findMistake, type Place } from './place.ts';

/** A sentence about a place in a file. */
export const mistakeIn = (path: string, reason: string, place?: Place): Error =>
  new UserError(`Failed to read ${path}: ${place ? `line ${place.line}, column ${place.column}: ` : ''}${reason}`);

/** The value of a JSON text. Throws a sentence with the place where it stops being JSON. */
export const parseJson = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    const mistake = findMistake(text);
    throw mistakeIn(path, mistake?.reason ?? 'it is not JSON', mistake);
  }
};

/** Text without the byte order mark that some editors put before it. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** The text of a file that a person named. Throws a sentence when it cannot be read. */
export const readTextFile = async (path: string): Promise<string> => {
  try {
    return withoutMark(await readFile(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new UserError(`Failed to read ${path}: there is no such file`, { cause: error });
    throw fileError('read', path, error);
  }
};

/** The value in a JSON file that a person named. Throws a sentence when there is none. */
export const readJsonFile = async (path: string): Promise<unknown> => parseJson(path, await readTextFile(path));
