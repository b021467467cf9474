import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../../src/index.ts';
import type { Answer } from './normaliser.ts';

/** The recorded answers of a real server of this version, by the requests' names. */
export const readAnswers = (version: string): ReadonlyMap<string, Answer> =>
  new Map(Object.entries(JSON.parse(readFileSync(new URL(`answers/${version}.json`, import.meta.url), 'utf8'))));

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists of results come in no order of their own, once ids and names made by chance are gone. */
const isUnordered = (key: string): boolean => key === 'results' || key === 'edges';

/** Which lines of code an error came through is nobody's affair; `exception` held nothing else. */
const isLeftOut = (key: string, value: Json): boolean =>
  key === 'stacktrace' ||
  (key === 'exception' && isObject(value) && Object.keys(value).every((name) => name === 'stacktrace'));

const toComparable = (value: Json, key = ''): Json => {
  if (Array.isArray(value)) {
    const entries = value.map((entry) => toComparable(entry));
    return isUnordered(key)
      ? entries.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
      : entries;
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name, entry]) => !isLeftOut(name, entry));
  const sorted = kept.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, entry]) => [name, toComparable(entry, name)]));
};

/** Both answers by what was recorded of the one, in a form in which equal ones are equal. */
export const comparable = (recorded: Answer, answer: Answer | undefined): readonly [Json, Json] => {
  const named = Object.keys(recorded).map((key): [string, Json] => [key, answer?.[key] ?? null]);
  const surplus = answer && 'location' in answer && 'type' in recorded ? { location: answer['location'] ?? null } : {};
  return [toComparable(recorded), toComparable({ ...Object.fromEntries(named), ...surplus })];
};
