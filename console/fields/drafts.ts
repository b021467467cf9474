import type { Json } from '../../src/client/index.ts';
import { isObject } from '../../src/parse/record.ts';
import type { FieldType } from '../lib/schemas.ts';

/** Types whose values are written as plain text. */
const PLAIN = new Set(['String', 'Number', 'Boolean', 'Date', 'Pointer']);

/** Whether a field of the type is written as JSON. */
export const isJsonType = ({ type }: FieldType): boolean => !PLAIN.has(type);

const part = (value: Json | undefined, name: string): string => {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : '';
};

/** A value as a person edits it; empty text for none. */
export const toDraft = (type: FieldType, value: Json | undefined): string => {
  if (value === undefined || value === null) return '';
  if (type.type === 'Date') return part(value, 'iso') || (typeof value === 'string' ? value : '');
  if (type.type === 'Pointer') return part(value, 'objectId');
  return isJsonType(type) ? JSON.stringify(value, null, 2) : String(value);
};

const toNumber = (draft: string): number => {
  const number = Number(draft);
  if (draft.trim() === '' || Number.isNaN(number)) throw new Error(`${JSON.stringify(draft)} is not a number.`);
  return number;
};

const toDateValue = (draft: string): Json => {
  const time = Date.parse(draft);
  if (Number.isNaN(time)) throw new Error(`${JSON.stringify(draft)} is not a date. Write 2027-01-31T12:00:00Z.`);
  return { __type: 'Date', iso: new Date(time).toISOString() };
};

const toJsonValue = (draft: string): Json => {
  try {
    return JSON.parse(draft);
  } catch (error) {
    throw new Error(`This is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
};

/** The value that a draft stands for; undefined: the field is taken away. Throws what is wrong with it. */
export const fromDraft = (type: FieldType, draft: string): Json | undefined => {
  if (draft === '') return undefined;
  if (type.type === 'String') return draft;
  if (type.type === 'Number') return toNumber(draft);
  if (type.type === 'Boolean') return draft === 'true';
  if (type.type === 'Date') return toDateValue(draft);
  if (type.type === 'Pointer') return { __type: 'Pointer', className: type.targetClass ?? '', objectId: draft.trim() };
  return toJsonValue(draft);
};

/** What is wrong with a draft; undefined if nothing is. */
export const mistakeIn = (type: FieldType, draft: string): string | undefined => {
  try {
    fromDraft(type, draft);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
