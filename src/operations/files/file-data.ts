import { ParseError, refusal } from '../../parse/error.ts';
import { checkKeywords } from '../../parse/keywords.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';

/** What is sent along with a file, still as the client put it. */
export type GivenFileData = { readonly directory?: Json; readonly metadata?: Json; readonly tags?: Json };

type FileData = { readonly metadata: JsonObject; readonly tags: JsonObject };

const DIRECTORY = /^[a-zA-Z0-9][a-zA-Z0-9_\-/]*$/;
const DIRECTORY_LENGTH = 256;

/** What is below is served as the metadata of files. */
const RESERVED = 'metadata';

/** What is wrong with the name of a directory; undefined when nothing is. */
const mistakeIn = (directory: string): string | undefined => {
  if (directory === '') return 'must not be empty.';
  if (directory.length > DIRECTORY_LENGTH) return 'path is too long.';
  if (directory.includes('..')) return 'must not contain "..".';
  if (directory.startsWith('/') || directory.endsWith('/')) return 'must not start or end with "/".';
  if (directory.includes('//')) return 'must not contain consecutive slashes.';
  if (directory.split('/')[0] === RESERVED) return `must not start with reserved segment "${RESERVED}".`;
  return DIRECTORY.test(directory) ? undefined : 'contains invalid characters.';
};

/** The members of an object or a list. Throws 105 for anything else. */
const toMembers = (given: Json | undefined): JsonObject => {
  if (given === undefined) return {};
  if (!isObject(given) && !Array.isArray(given)) {
    throw new ParseError('INVALID_KEY_NAME', 'The metadata and the tags of a file must be objects.');
  }
  return Object.fromEntries(Object.entries(given)) as JsonObject;
};

/** The directory that a file goes to, empty for none. Throws 119 and 122 for one that may not be. */
export const readDirectory = ({ directory: given }: GivenFileData, { auth }: Context): string => {
  if (given === undefined) return '';
  if (!auth.isMaster)
    throw refusal('masterKeyMissing', 'OPERATION_FORBIDDEN', 'Directory can only be set using the Master Key.');
  const mistake = typeof given === 'string' ? mistakeIn(given) : 'must be a string.';
  if (mistake !== undefined) throw new ParseError('INVALID_FILE_NAME', `Directory ${mistake}`);
  return String(given);
};

/** What is kept along with a file. Throws 105 for words that no request may have. */
export const readFileData = (given: GivenFileData, { options }: Context): FileData => {
  const metadata = toMembers(given.metadata);
  const tags = toMembers(given.tags);
  for (const members of [metadata, tags]) checkKeywords(members, options.requestKeywordDenylist);
  return { metadata, tags };
};
