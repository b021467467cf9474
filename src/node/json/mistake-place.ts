import { readFile } from 'node:fs/promises';
import { messageOf } from './file-error.ts';
import { type JsonPath, placeOf } from './place.ts';
import { mistakeIn, withoutMark } from './text.ts';

/** `_User[2].email` as a way to a value. */
const toPath = (place: string): JsonPath =>
  [...place.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, index]) => (index === undefined ? name : Number(index)));

/** The text of a value's place, or of the next one around it that stands in the text. */
const find = (text: string, path: JsonPath): ReturnType<typeof placeOf> =>
  path.length === 0 ? undefined : (placeOf(text, path) ?? find(text, path.slice(0, -1)));

/** A mistake in the records of a data file as a message that names the file, and the line where it stands. */
export const locate = async (path: string, error: unknown): Promise<unknown> => {
  if (!(error instanceof Error && error.name === 'FixtureError' && 'place' in error)) return error;
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const place = text === undefined ? undefined : find(withoutMark(text), toPath(String(error.place)));
  return Object.assign(mistakeIn(path, messageOf(error), place), { cause: error });
};
