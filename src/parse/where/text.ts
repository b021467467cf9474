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

// The words that MongoDB's English takes for too common to weigh.
const COMMON: ReadonlySet<string> = new Set(
  [
    'i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its',
    'itself they them their theirs themselves what which who whom this that these those am is are was were be been being',
    'have has had having do does did doing would should could ought a an the and but if or because as until while of at by',
    'for with about against between into through during before after above below to from up down in out on off over under',
    'again further then once here there when where why how all any both each few more most other some such no nor not only',
    'own same so than too very',
  ].flatMap((words) => words.split(' ')),
);

/** What each coming of a word in a text weighs: each as much as half of the one before. */
const frequencyOf = (count: number): number => 2 - 2 ** (1 - count);

/** How well a text fits the words that are looked for, by MongoDB's reckoning. */
const scorer = (term: string, fold: Fold, isCommon: (word: string) => boolean): ((text: string) => number) => {
  const parts = fold(term).match(/"[^"]*"?|[^\s"]+/g) ?? [];
  const wanted = new Set(parts.filter((part) => !isExcluded(part)).flatMap(wordsOf));
  return (text) => {
    const words = wordsOf(fold(text)).filter((word) => !isCommon(word));
    return [...wanted].reduce((score, word) => {
      const count = words.filter((other) => other === word).length;
      if (count === 0) return score;
      const share = 0.5 + (0.5 * count) / words.length;
      const isWhole = fold(text) === word;
      return score + frequencyOf(count) * share * (isWhole ? 1.1 : 1);
    }, 0);
  };
};

/** The search for words among conditions, and the field that it is on. */
const searchIn = (where: JsonObject): readonly [field: string, search: JsonObject] | undefined => {
  for (const [name, value] of Object.entries(where)) {
    const members = name.startsWith('$') && Array.isArray(value) ? value.filter(isObject) : [];
    const found = members.map(searchIn).find((one) => one !== undefined);
    if (found) return found;
    const text = isObject(value) ? value['$text'] : undefined;
    const search = isObject(text) ? text['$search'] : undefined;
    if (isObject(search) && typeof search['$term'] === 'string') return [name, search];
  }
  return undefined;
};

/** Makes what says how well an object fits the search for words in a query; undefined when there is no such search. */
export const textScore = (where: JsonObject): ((record: JsonObject) => number) | undefined => {
  const [field, search] = searchIn(where) ?? [];
  if (field === undefined || !search) return undefined;
  const isCommon = (word: string): boolean => (search['$language'] ?? 'english') === 'english' && COMMON.has(word);
  const score = scorer(String(search['$term']), foldFor(search), isCommon);
  return (record) => {
    const value = record[field];
    const texts = Array.isArray(value) ? value : [value];
    return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? score(text) : 0), 0);
  };
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
