import { readFile } from 'node:fs/promises';
import { UserError } from '../../parse/user-error.ts';
import { codeOf, fileError } from './file-error.ts';
import { findMistake, findTwin, type Place } from './place.ts';
import { mayHaveTwins } from './twins.ts';

/** A message about a place in a file. */
export const mistakeIn = (path: string, reason: string, place?: Place): Error =>
  new UserError(`Failed to read ${path}: ${place ? `line ${place.line}, column ${place.column}: ` : ''}${reason}`);

type Mistake = Place & { readonly reason: string };

const throwMistake = (path: string, mistake: Mistake | undefined, firstLine: number): never => {
  const place = mistake && { line: mistake.line + firstLine - 1, column: mistake.column };
  throw mistakeIn(path, mistake?.reason ?? 'it is not JSON', place);
};

/**
 * The value of a JSON text, which begins in that line of the file. Throws a message with the place where it stops being JSON, or where an
 * object has a name for the second time.
 */
export const parseJson = (path: string, text: string, firstLine = 1): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return throwMistake(path, findMistake(text), firstLine);
  }
  const twin = mayHaveTwins(text, value) ? findTwin(text) : undefined;
  return twin ? throwMistake(path, twin, firstLine) : value;
};

/** Text without the byte order mark that some editors put before it. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** The text of a file that a person named. Throws an error when it cannot be read. */
export const readTextFile = async (path: string): Promise<string> => {
  try {
    return withoutMark(await readFile(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT')
      throw new UserError(`Failed to read ${path}: there is no such file`, { cause: error });
    throw fileError('read', path, error);
  }
};

/** The value in a JSON file that a person named. Throws an error when there is none. */
export const readJsonFile = async (path: string): Promise<unknown> => parseJson(path, await readTextFile(path));
