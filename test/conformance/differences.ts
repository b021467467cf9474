import type { Json, JsonObject } from '../../src/index.ts';
import type { Bindings } from './bindings.ts';

/** Stands where an answer has nothing, which is not the same as null. */
type Found = Json | undefined;

const show = (value: Found): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 300));

const isObject = (value: Found): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A stack trace tells of the server's source; it is never compared. */
const withoutStack = (object: JsonObject): JsonObject => {
  const { stacktrace: _, ...rest } = object;
  return rest;
};

const differencesOfArrays = (expected: readonly Json[], actual: readonly Json[], bindings: Bindings, at: string) =>
  expected.length === actual.length
    ? expected.flatMap((entry, index) => findDifferences(entry, actual[index], bindings, `${at}[${index}]`))
    : [`${at}: expected ${expected.length} entries, got ${actual.length}: ${show([...actual])}`];

const differencesOfObjects = (expected: JsonObject, actual: JsonObject, bindings: Bindings, at: string): string[] => {
  const wanted = new Map(Object.entries(withoutStack(expected)).map(([key, value]) => [bindings.fillText(key), value]));
  const found = new Map(Object.entries(withoutStack(actual)));
  const extra = [...found].filter(([key]) => !wanted.has(key));
  return [
    ...[...wanted].flatMap(([key, value]) => findDifferences(value, found.get(key), bindings, `${at}.${key}`)),
    ...extra.map(([key, value]) => `${at}.${key}: expected nothing, got ${show(value)}`),
  ];
};

/** Where `actual` departs from what was recorded, one text each; none when they agree. Binds placeholders on the way. */
export const findDifferences = (expected: Json, actual: Found, bindings: Bindings, at: string): string[] => {
  if (isObject(expected) && isObject(actual)) return differencesOfObjects(expected, actual, bindings, at);
  if (Array.isArray(expected) && Array.isArray(actual)) return differencesOfArrays(expected, actual, bindings, at);
  const isSame =
    typeof expected === 'string' && typeof actual === 'string'
      ? bindings.matches(expected, actual)
      : expected === actual;
  return isSame ? [] : [`${at}: expected ${show(expected)}, got ${show(actual)}`];
};
