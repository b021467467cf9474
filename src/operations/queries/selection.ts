import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { Selection } from './query.ts';

const ALWAYS: readonly string[] = ['objectId', 'createdAt', 'updatedAt', 'ACL', '__type', 'className'];

/** The pointers that dotted keys reach through, which must be followed for these keys to mean anything, be they wanted or not. */
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

const omit = (value: Json, keys: readonly string[]): Json => {
  if (Array.isArray(value)) return value.map((member) => omit(member, keys));
  if (!isObject(value) || value['__type'] !== 'Object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => ALWAYS.includes(name) || !keys.includes(name))
      .map(([name, inner]) => [name, omit(inner, below(name, keys))]),
  );
};

const narrow = (name: string, value: Json, { keys, excludeKeys }: Selection): Json => {
  const wanted = keys && !keys.includes(name) ? below(name, keys) : [];
  const unwanted = excludeKeys ? below(name, excludeKeys) : [];
  const selected = wanted.length > 0 ? select(value, wanted) : value;
  return unwanted.length > 0 ? omit(selected, unwanted) : selected;
};

/** The object with the wanted keys alone; its id, dates and ACL always stay, and so do its relations. */
export const selectKeys = (object: JsonObject, selection: Selection): JsonObject => {
  const { keys, excludeKeys } = selection;
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
      .map(([name, value]) => [name, narrow(name, value, selection)]),
  );
};
