import { isObject, type Json, toDate } from '../../parse/record.ts';

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** What a function returned, as JSON with Parse's form of dates; what JSON does not know is left out. Throws for circles. */
export const encodeResult = (value: unknown, above: readonly unknown[] = []): Json | undefined => {
  if (value instanceof Date) return toDate(value.getTime());
  if (above.includes(value)) throw new TypeError('Converting circular structure to JSON');
  const inside = [...above, value];
  if (Array.isArray(value)) return value.map((member) => encodeResult(member, inside) ?? null);
  if (!isObject(value)) return isPlain(value) ? value : undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const json = encodeResult(inner, inside);
      return json === undefined ? [] : [[name, json]];
    }),
  );
};
