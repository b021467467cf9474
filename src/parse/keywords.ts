import { ParseError } from './error.ts';
import { isObject, type Json } from './record.ts';

/** Keys that Parse refuses wherever they stand, since they could reach what every object shares, or MongoDB's own types. */
const PROHIBITED = [{ key: '_bsontype', value: 'Code' }, { key: 'constructor' }, { key: '__proto__' }] as const;

type Keyword = (typeof PROHIBITED)[number];

// A part of the key is enough, as in Parse: `constructorName` is refused, too.
const isProhibited = (keyword: Keyword, name: string, value: Json): boolean =>
  name.includes(keyword.key) && (!('value' in keyword) || (typeof value === 'string' && value.includes(keyword.value)));

const checkMembers = (members: readonly (readonly [string, Json])[]): void => {
  for (const keyword of PROHIBITED) {
    if (!members.some(([name, value]) => isProhibited(keyword, name, value))) continue;
    throw new ParseError('INVALID_KEY_NAME', `Prohibited keyword in request data: ${JSON.stringify(keyword)}.`);
  }
};

/** Throws 105 when there is a prohibited key in what a client wants to write, at any depth. */
export const checkKeywords = (written: Json): void => {
  const open: Json[] = [written];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) open.push(...value.filter((member) => typeof member === 'object'));
    else if (isObject(value)) {
      const members = Object.entries(value);
      checkMembers(members);
      for (const [, inner] of members) if (typeof inner === 'object') open.push(inner);
    }
  }
};
