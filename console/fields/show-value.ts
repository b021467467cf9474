import type { Json } from '../../src/client/index.ts';
import { isObject } from '../../src/parse/record.ts';

/** No more of a text is put into a cell: one of a megabyte would hold up the page. */
const LONGEST = 160;

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const showObject = (value: { readonly [key: string]: Json }): string => {
  const { __type: type } = value;
  if (type === 'Date' && typeof value['iso'] === 'string') return value['iso'].slice(0, 19).replace('T', ' ');
  if (type === 'Pointer') return `${String(value['className'])} ${String(value['objectId'])}`;
  if (type === 'Relation') return `relation to ${String(value['className'])}`;
  if (type === 'File') return String(value['name']);
  if (type === 'GeoPoint') return `${String(value['latitude'])}, ${String(value['longitude'])}`;
  return cut(JSON.stringify(value));
};

/** A value as one line of plain text, no longer than a cell can take. */
export const showValue = (value: Json | undefined): string => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'object') return isObject(value) ? showObject(value) : cut(JSON.stringify(value));
  return String(value);
};
