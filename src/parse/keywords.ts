import { ParseError } from './error.ts';
import { isObject, type Json } from './record.ts';
import { compilePattern } from './regex/regex.ts';

/** What may not be written: a key, a value, or a key with a value. Text is a regular expression of which a part fits. */
export type Keyword = { readonly key?: string; readonly value?: Json };

/** Keys that Parse refuses wherever they stand, since they could reach what every object shares, or MongoDB's own types. */
const PROHIBITED: readonly Keyword[] = [
  { key: '_bsontype', value: 'Code' },
  { key: 'constructor' },
  { key: '__proto__' },
];

type Fits = (value: Json) => boolean;

const toFits = (wanted: Json | undefined): Fits | undefined => {
  if (wanted === undefined) return undefined;
  const word = String(wanted);
  const pattern = /^\w+$/.test(word) ? { test: (text: string) => text.includes(word) } : compilePattern(word, '');
  return (value) => value === wanted || (typeof value === 'string' && pattern.test(value));
};

type Prohibition = { readonly keyword: Keyword; readonly isMet: (name: string, value: Json) => boolean };

const compile = (keyword: Keyword): Prohibition[] => {
  const key = toFits(keyword.key);
  const value = toFits(keyword.value);
  if (!key && !value) return [];
  return [{ keyword, isMet: (name, held) => (!key || key(name)) && (!value || value(held)) }];
};

const compiled = new WeakMap<readonly Keyword[], readonly Prohibition[]>();

const prohibitionsOf = (denylist: readonly Keyword[]): readonly Prohibition[] => {
  const found = compiled.get(denylist) ?? denylist.flatMap(compile);
  compiled.set(denylist, found);
  return found;
};

/** Every member at any depth; those of a list are named by their places. */
const membersOf = (written: Json): [string, Json][] => {
  const members: [string, Json][] = [];
  const open: Json[] = [written];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (!Array.isArray(value) && !isObject(value)) continue;
    for (const [name, inner] of Object.entries(value)) {
      members.push([name, inner as Json]);
      if (typeof inner === 'object') open.push(inner as Json);
    }
  }
  return members;
};

/**
 * Throws 105 when there is something prohibited in what a client wants to write, at any depth; a part of the key is enough, as
 * in Parse: `constructorName` is refused, too. `denylist` takes the place of the keys that are prohibited by default.
 */
export const checkKeywords = (written: Json, denylist: readonly Keyword[] = PROHIBITED): void => {
  const prohibitions = prohibitionsOf(denylist);
  if (prohibitions.length === 0) return;
  const members = membersOf(written);
  for (const { keyword, isMet } of prohibitions) {
    if (!members.some(([name, value]) => isMet(name, value))) continue;
    throw new ParseError('INVALID_KEY_NAME', `Prohibited keyword in request data: ${JSON.stringify(keyword)}.`);
  }
};
