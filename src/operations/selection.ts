import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import type { Selection } from './queries.ts';

const ALWAYS: readonly string[] = ['objectId', 'createdAt', 'updatedAt', 'ACL', '__type', 'className'];

/** The pointers that dotted keys reach through, which must be followed for these keys to mean anything. */
export const relationKeys = (keys: readonly string[] | undefined): string[] =>
  (keys ?? []).filter((key) => key.includes('.')).map((key) => key.slice(0, key.lastIndexOf('.')));

const below = (name: string, keys: readonly string[]): readonly string[] =>
  keys.filter((key) => key.startsWith(`${name}.`)).map((key) => key.slice(name.length + 1));

const select = (value: Json, keys: readonly string[]): Json => {
  if (Array.isArray(value)) return value.map((member) => select(member, keys));
  if (!isObject(value) || value['__type'] !== 'Object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => ALWAYS.includes(name) || keys.some((key) => key === name || key.startsWith(`${name}.`)))
      .map(([name, inner]) => [name, keys.includes(name) ? inner : select(inner, below(name, keys))]),
  );
};

/** The object with the wanted keys alone; its id, dates and ACL always stay, and so do its relations. */
export const selectKeys = (object: JsonObject, { keys, excludeKeys }: Selection): JsonObject => {
  if (!keys && !excludeKeys) return object;
  const isWanted = (name: string, value: Json): boolean => {
    if (ALWAYS.includes(name)) return true;
    if (isObject(value) && value['__type'] === 'Relation') return true;
    if (excludeKeys?.includes(name)) return false;
    return !keys || keys.some((key) => key === name || key.startsWith(`${name}.`));
  };
  return Object.fromEntries(
    Object.entries(object)
      .filter(([name, value]) => isWanted(name, value))
      .map(([name, value]) => {
        const inner = keys ? below(name, keys) : [];
        return [name, inner.length > 0 && !keys?.includes(name) ? select(value, inner) : value];
      }),
  );
};
