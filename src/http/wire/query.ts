import type { Json, JsonObject } from '../../parse/record.ts';

const MOST_PARAMETERS = 1000;
const MOST_LEVELS = 5;
const MOST_MEMBERS = 20;

/** What stands at one name: values of its own, and what was said of its members. */
type Place = { readonly values: string[]; readonly members: Map<string, Place> };

const newPlace = (): Place => ({ values: [], members: new Map() });

/** `where[score][$gt]` is a path of three names; what is nested deeper than five is one name, brackets and all. */
const pathOf = (name: string): string[] => {
  const [, root, brackets = ''] = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name) ?? [];
  if (root === undefined) return [name];
  const inner = [...brackets.matchAll(/\[([^[\]]*)\]/g)].map(([, segment = '']) => segment);
  const deeper = inner.slice(MOST_LEVELS).map((segment) => `[${segment}]`);
  return [root, ...inner.slice(0, MOST_LEVELS), ...(deeper.length > 0 ? [deeper.join('')] : [])];
};

const memberOf = ({ members }: Place, name: string): Place => {
  const key = name === '' ? String(members.size) : name; // `a[]=x` adds a member
  const known = members.get(key);
  if (known) return known;
  const made = newPlace();
  members.set(key, made);
  return made;
};

const isList = (names: readonly string[]): boolean =>
  names.every((name) => /^\d{1,2}$/.test(name) && Number(name) <= MOST_MEMBERS);

const toJson = ({ values, members }: Place): Json => {
  const [value = ''] = values;
  if (members.size === 0) return values.length > 1 ? values : value;
  const entries = [...members].map(([name, member]): [string, Json] => [name, toJson(member)]);
  if (values.length > 0) return Object.fromEntries([...values.entries(), ...entries]);
  if (!isList([...members.keys()])) return Object.fromEntries(entries);
  return entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, member]) => member);
};

/** The parameters of an address as Parse Server reads them: `a=1&a=2` and `a[]=1` are lists, `where[score]=1` an object. */
export const readQuery = (search: string): JsonObject => {
  const root = newPlace();
  for (const [name, value] of [...new URLSearchParams(search)].slice(0, MOST_PARAMETERS)) {
    const path = pathOf(name);
    if (name === '' || path.includes('__proto__')) continue;
    path.reduce(memberOf, root).values.push(value);
  }
  return Object.fromEntries([...root.members].map(([name, place]) => [name, toJson(place)]));
};
