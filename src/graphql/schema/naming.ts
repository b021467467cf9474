import pluralize from 'pluralize';
import type { ClassSchema, FieldSchema } from '../../parse/classes/schema.ts';

/** A class under the names that GraphQL has for it. */
export type GraphQLClass = {
  readonly className: string;
  /** The type: `User` for `_User`. */
  readonly typeName: string;
  /** The query for one object: `user`. */
  readonly one: string;
  /** The query for several: `users`; undefined when the word has no plural of its own. */
  readonly many: string | undefined;
  /** That there is no query for one object, since another has the name. */
  readonly hasNoQuery?: true;
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

/** The types that a class has, by the name of its own. */
const typeNamesOf = (typeName: string): readonly string[] => [
  ...['', 'Edge', 'Connection', 'PointerInput', 'RelationInput', 'WhereInput', 'RelationWhereInput', 'Order'].map(
    (ending) => `${typeName}${ending}`,
  ),
  ...['Create', 'Update'].map((verb) => `${verb}${typeName}FieldsInput`),
  ...['Create', 'Update', 'Delete'].flatMap((verb) => [`${verb}${typeName}Input`, `${verb}${typeName}Payload`]),
];

const NAME = /^\w+$/; // the rows of a relation are a class, too: `_Join:users:_Role`

const OWN_QUERIES: readonly string[] = ['node', 'health', 'viewer', 'class', 'classes', 'cloudConfig'];

const withFreeQueries = (graphQLClass: GraphQLClass, taken: ReadonlySet<string>): GraphQLClass => {
  const { one, many } = graphQLClass;
  return {
    ...graphQLClass,
    many: many !== undefined && taken.has(many) ? undefined : many,
    ...(taken.has(one) && { hasNoQuery: true }),
  };
};

/**
 * The classes in the order of the schema; of two that would have one name the first is taken and the other left out, and so is
 * one that would have the name of a type of the schema's own.
 */
export const toGraphQLClasses = (
  classes: readonly ClassSchema[],
  ownTypes: ReadonlySet<string> = new Set(),
): readonly GraphQLClass[] => {
  const named: GraphQLClass[] = [];
  const types = new Set(ownTypes);
  const queries = new Set(OWN_QUERIES);
  for (const schema of [...classes].sort(byClassName)) {
    const candidate = withFreeQueries(toGraphQLClass(schema), queries);
    const typeNames = typeNamesOf(candidate.typeName);
    if (!NAME.test(candidate.typeName) || typeNames.some((name) => types.has(name))) continue;
    for (const name of typeNames) types.add(name);
    for (const name of [candidate.one, candidate.many]) if (name !== undefined) queries.add(name);
    named.push(candidate);
  }
  return named;
};
