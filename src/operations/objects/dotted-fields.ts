import { isFieldName } from '../../parse/classes/names.ts';
import { ParseError } from '../../parse/error.ts';
import { applyFieldOperation, isFieldOperation } from '../../parse/field-ops.ts';
import { isObject, type Json, type JsonObject, valueAt } from '../../parse/record.ts';
import type { Part } from './stages.ts';

type Values = { [name: string]: Json };

/** The name that a part was written by: `prefs.theme`. */
export const partName = ({ root, path }: Part): string => [root, ...path].join('.');

const MOST_LEVELS = 200;
const OF_PARSE: ReadonlyMap<string, string> = new Map([
  ['ACL', 'ACL'],
  ['objectId', 'String'],
  ['createdAt', 'Date'],
  ['updatedAt', 'Date'],
]);

const toPart = (className: string, name: string, value: Json): Part => {
  const [root = '', ...path] = name.split('.');
  const type = OF_PARSE.get(root);
  if (type)
    throw new ParseError('INCORRECT_TYPE', `schema mismatch for ${className}.${root}; expected ${type} but got Object`);
  const isBad =
    root === 'authData' || path.length > MOST_LEVELS || path.some((key) => key === '' || key.startsWith('$'));
  if (isBad) throw new ParseError('INVALID_KEY_NAME', `Invalid field name for update: ${name}`);
  return { root, path, value };
};

/** Takes the written fields apart: those that are whole, and the parts of others. */
export const splitFields = (className: string, given: JsonObject): { whole: Values; parts: readonly Part[] } => {
  const isPart = (name: string): boolean => name.includes('.') && isFieldName(name.split('.')[0] ?? '');
  const entries = Object.entries(given);
  const parts = entries.filter(([name]) => isPart(name));
  return {
    whole: Object.fromEntries(entries.filter(([name]) => !isPart(name))),
    parts: parts.map(([name, value]) => toPart(className, name, value)),
  };
};

/** Puts `value` where the path leads, undefined takes away what is there; the objects on the way are made where missing. */
const replaceAt = (
  held: Json | undefined,
  [key = '', ...path]: readonly string[],
  value: Json | undefined,
): JsonObject => {
  const object = isObject(held) ? held : {};
  const { [key]: present, ...others } = object;
  const after = path.length === 0 ? value : replaceAt(present, path, value);
  return after === undefined ? others : { ...object, [key]: after };
};

/** The fields as their class is to judge them: a part makes its field an object. */
export const withParts = (whole: JsonObject, parts: readonly Part[]): Values => {
  const fields = { ...whole };
  for (const { root, path, value } of parts) {
    const held = fields[root];
    if (!isFieldOperation(held)) fields[root] = replaceAt(held, path, isFieldOperation(value) ? null : value);
  }
  return fields;
};

/** Writes the parts into the values of an object. */
export const applyParts = (values: JsonObject, parts: readonly Part[]): Values => {
  const written = { ...values };
  for (const { root, path, value } of parts) {
    const held = written[root];
    const after = isFieldOperation(value) ? applyFieldOperation(value, valueAt(held, path)) : value;
    written[root] = replaceAt(held, path, after);
  }
  return written;
};

/** What operations on parts came to, for the writer, who cannot know. */
export const computedParts = (parts: readonly Part[], record: JsonObject): Values => {
  const computed: Values = {};
  for (const { root, path, value } of parts) {
    if (!isFieldOperation(value) || value.__op === 'Delete') continue;
    computed[root] = replaceAt(computed[root], path, valueAt(record[root], path));
  }
  return computed;
};
