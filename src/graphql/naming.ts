import pluralize from 'pluralize';
import type { ClassSchema, FieldSchema } from '../parse/class-schema.ts';

/** A class under the names that GraphQL has for it. */
export type GraphQLClass = {
  readonly className: string;
  /** The type: `User` for `_User`. */
  readonly typeName: string;
  /** The query for one object: `user`. */
  readonly one: string;
  /** The query for several: `users`; undefined when the word has no plural of its own. */
  readonly many: string | undefined;
  /** The fields of its own, sorted by name, without those that every object has. */
  readonly fields: readonly (readonly [string, FieldSchema])[];
};

const COMMON: ReadonlySet<string> = new Set(['objectId', 'createdAt', 'updatedAt', 'ACL']);

/** The GraphQL name of a class: without the underscore of Parse's own ones, and with a capital. */
const toTypeName = (className: string): string => {
  const bare = className.startsWith('_') ? className.slice(1) : className;
  return bare.charAt(0).toUpperCase() + bare.slice(1);
};

const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

// Parse's own classes come first, so that a class `User` cannot take the place of `_User`.
const byClassName = ({ className: one }: ClassSchema, { className: other }: ClassSchema): number =>
  Number(other.startsWith('_')) - Number(one.startsWith('_')) || byCodeUnit(one, other);

const toGraphQLClass = ({ className, fields }: ClassSchema): GraphQLClass => {
  const typeName = toTypeName(className);
  const one = typeName.charAt(0).toLowerCase() + typeName.slice(1);
  const plural = pluralize(one);
  return {
    className,
    typeName,
    one,
    many: plural === one ? undefined : plural,
    fields: Object.entries(fields)
      .filter(([name]) => !COMMON.has(name))
      .sort(([a], [b]) => byCodeUnit(a, b)),
  };
};

/** The classes in the order of the schema; of two that would have one name the first is taken and the other left out. */
export const toGraphQLClasses = (classes: readonly ClassSchema[]): readonly GraphQLClass[] => {
  const named = new Map<string, GraphQLClass>();
  for (const schema of [...classes].sort(byClassName)) {
    const candidate = toGraphQLClass(schema);
    if (!named.has(candidate.typeName)) named.set(candidate.typeName, candidate);
  }
  return [...named.values()];
};
