import { isObject, type Json, type JsonObject } from '../record.ts';
import { badValue } from '../where-errors.ts';
import { onText, type Test } from './values.ts';

type Fold = (text: string) => string;

const foldFor = (search: JsonObject): Fold => {
  const keepsCase = search['$caseSensitive'] === true;
  const keepsMarks = search['$diacriticSensitive'] === true;
  return (text) => {
    const bare = keepsMarks ? text.normalize() : text.normalize('NFD').replace(/\p{M}/gu, '');
    return keepsCase ? bare : bare.toLowerCase();
  };
};

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

const isPhrase = (part: string): boolean => part.startsWith('"');

const isExcluded = (part: string): boolean => part.startsWith('-');

/**
 * Finds whole words, as MongoDB's text search does: any of the words, but each "phrase in quotes" and no -excluded word.
 * Words are not reduced to their stems, and none is too common to count.
 */
const searcher = (term: string, fold: Fold): ((text: string) => boolean) => {
  const parts = fold(term).match(/"[^"]*"?|[^\s"]+/g) ?? [];
  const phrases = parts.filter(isPhrase).map((part) => part.replaceAll('"', ''));
  const excluded = parts.filter(isExcluded).flatMap(wordsOf);
  const wanted = parts.filter((part) => !isExcluded(part)).flatMap(wordsOf);
  return (text) => {
    const folded = fold(text);
    const words = new Set(wordsOf(folded));
    return (
      wanted.some((word) => words.has(word)) &&
      phrases.every((phrase) => folded.includes(phrase)) &&
      !excluded.some((word) => words.has(word))
    );
  };
};

const checkType = (search: JsonObject, name: string, type: 'string' | 'boolean'): void => {
  const value = search[name];
  if (value && typeof value !== type) throw badValue(`bad $text: ${name}, should be ${type}`);
};

/** `$text: { $search: { $term, $language, $caseSensitive, $diacriticSensitive } }`. Throws 107 for any other form. */
export const textSearch = (value: Json): Test => {
  const search = isObject(value) ? value['$search'] : undefined;
  if (typeof search !== 'object' || search === null) throw badValue('bad $text: $search, should be object');
  const term = isObject(search) ? search['$term'] : undefined;
  if (!isObject(search) || typeof term !== 'string' || term === '') {
    throw badValue('bad $text: $term, should be string');
  }
  checkType(search, '$language', 'string');
  checkType(search, '$caseSensitive', 'boolean');
  checkType(search, '$diacriticSensitive', 'boolean');
  return onText(searcher(term, foldFor(search)));
};
