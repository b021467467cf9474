import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../../../parse/record.ts';
import { MATTERING, MATTERING_MEMBERS, MEMBERS_WITHOUT_DIFFERENCE, NO_DIFFERENCE } from './foreign-options.ts';

/** What a configuration says that the emulator does not take up. */
export type Leftovers = {
  /** What makes no difference here, by name: `databaseURI`, `liveQuery.redisURL`. */
  readonly ignored: string[];
  /** What would make one. */
  readonly missing: string[];
};

const isUsual = (value: unknown, usual: unknown): boolean => {
  if (value === undefined || value === null || isDeepStrictEqual(value, usual)) return true;
  if (!isObject(value) || !isObject(usual)) return false;
  return Object.entries(value).every(([name, member]) => isUsual(member, usual[name]));
};

/** Whether an option is Parse Server's, and not the emulator's; notes it where it is. */
export const isForeign = (name: string, value: unknown, { ignored, missing }: Leftovers): boolean => {
  if (NO_DIFFERENCE.has(name)) {
    const isThere = /^mount/.test(name) && value === true; // GraphQL and the playground always are
    if (!isThere) ignored.push(name);
    return true;
  }
  if (!Object.hasOwn(MATTERING, name)) return false;
  if (!isUsual(value, MATTERING[name])) missing.push(name);
  return true;
};

const fitMember = (option: string, member: string, value: unknown, { ignored, missing }: Leftovers): boolean => {
  const place = `${option}.${member}`;
  if (MEMBERS_WITHOUT_DIFFERENCE[option]?.includes(member)) ignored.push(place);
  else if (Object.hasOwn(MATTERING_MEMBERS[option] ?? {}, member)) {
    if (!isUsual(value, MATTERING_MEMBERS[option]?.[member])) missing.push(place);
  } else return true;
  return false;
};

/** The value of an option without the members that are Parse Server's alone, which are noted. */
export const fitValue = (option: string, value: unknown, leftovers: Leftovers): unknown => {
  if (Array.isArray(value)) return value.map((one: unknown) => fitValue(option, one, leftovers));
  const isWhole = MEMBERS_WITHOUT_DIFFERENCE[option] === undefined && MATTERING_MEMBERS[option] === undefined;
  if (isWhole || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([member, inner]) => fitMember(option, member, inner, leftovers)),
  );
};
