import pluralize from 'pluralize';
import type { ClassSchema } from '../../../parse/classes/schema.ts';
import type { GraphQLClassConfig, GraphQLConfig } from '../../../parse/graphql-config.ts';
import type { ClassMutation, GraphQLClass, TypePart, Verb } from '../../graphql-class.ts';
import { configuredName } from './config-names.ts';
import { toShownFields } from './shown-fields.ts';

// The names are given out in this order.
const TYPES: { readonly [part in TypePart]: (name: string) => string } = {
  createFields: (name) => `Create${name}FieldsInput`,
  updateFields: (name) => `Update${name}FieldsInput`,
  pointer: (name) => `${name}PointerInput`,
  relation: (name) => `${name}RelationInput`,
  where: (name) => `${name}WhereInput`,
  relationWhere: (name) => `${name}RelationWhereInput`,
  order: (name) => `${name}Order`,
  object: (name) => name,
  edge: (name) => `${name}Edge`,
  connection: (name) => `${name}Connection`,
};

const VERBS: readonly Verb[] = ['Create', 'Update', 'Delete'];

type Names = { readonly types: Set<string>; readonly queries: Set<string>; readonly mutations: Set<string> };

/** The names of what a schema has of itself. */
export type OwnNames = { readonly [kind in keyof Names]: Iterable<string> };

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

type Registrar = {
  /** The names that were asked for in vain. */
  readonly taken: string[];
  /** Gives a name out, unless it was given out before. */
  readonly take: (kind: keyof Names, name: string, mayHave?: boolean) => string | undefined;
};

const KINDS = { types: 'type', queries: 'query', mutations: 'mutation' } as const;

const createRegistrar = (names: Names): Registrar => {
  const taken: string[] = [];
  return {
    taken,
    take: (kind, name, mayHave = true) => {
      if (mayHave && !names[kind].has(name)) {
        names[kind].add(name);
        return name;
      }
      taken.push(`${KINDS[kind]} ${name}`);
      return undefined;
    },
  };
};

const typesOf = (typeName: string, { take }: Registrar): GraphQLClass['types'] => {
  const types: { [part in TypePart]?: string } = {};
  for (const part of Object.keys(TYPES) as TypePart[]) {
    if (part === 'connection' && !types.edge) continue;
    const name = TYPES[part](typeName);
    const given = take('types', name, part === 'connection' || !name.endsWith('Connection'));
    if (given !== undefined) types[part] = given;
  }
  return types;
};

/** Whether a flag of the configuration lets something be: yes, unless it is there. */
const isOn = (flag: boolean | null | undefined): boolean => flag === undefined || flag === true;

/** The name that the configuration gives, if it gives one. */
const called = (
  alias: string | null | undefined,
  name: string,
  { className = '' }: Partial<GraphQLClassConfig>,
): string => (alias ? configuredName(alias, className) : name);

/** What the configuration says of a mutation. */
const wordsOf = (
  verb: Verb,
  { mutation }: Partial<GraphQLClassConfig>,
): { isOn: boolean; alias?: string | undefined } => {
  if (verb === 'Create') return { isOn: isOn(mutation?.create), alias: mutation?.createAlias };
  if (verb === 'Update') return { isOn: isOn(mutation?.update), alias: mutation?.updateAlias };
  return { isOn: isOn(mutation?.destroy), alias: mutation?.destroyAlias };
};

const mutationsOf = (
  typeName: string,
  { take }: Registrar,
  config: Partial<GraphQLClassConfig>,
): readonly ClassMutation[] =>
  VERBS.flatMap((verb) => {
    const { isOn, alias } = wordsOf(verb, config);
    if (!isOn || !take('types', `${verb}${typeName}Input`) || !take('types', `${verb}${typeName}Payload`)) return [];
    const name = take('mutations', called(alias, `${verb.toLowerCase()}${typeName}`, config));
    return [{ verb, ...(name !== undefined && { name }) }];
  });

const queriesOf = (
  one: string,
  { take }: Registrar,
  config: Partial<GraphQLClassConfig>,
): Pick<GraphQLClass, 'getQuery' | 'findQuery'> => {
  const { query } = config;
  const getQuery = isOn(query?.get) ? take('queries', called(query?.getAlias, one, config)) : undefined;
  const findQuery = isOn(query?.find) ? take('queries', called(query?.findAlias, pluralize(one), config)) : undefined;
  return { ...(getQuery !== undefined && { getQuery }), ...(findQuery !== undefined && { findQuery }) };
};

const toGraphQLClass = (
  { className, fields }: ClassSchema,
  names: Names,
  config: Partial<GraphQLClassConfig>,
): GraphQLClass => {
  const typeName = toTypeName(className);
  const one = typeName.charAt(0).toLowerCase() + typeName.slice(1);
  const registrar = createRegistrar(names);
  const types = typesOf(typeName, registrar);
  const queries = queriesOf(one, registrar, config);
  const mutations = mutationsOf(typeName, registrar, config);
  const own = Object.entries(fields)
    .filter(([name]) => !COMMON.has(name))
    .sort(([a], [b]) => byCodeUnit(a, b));
  return {
    className,
    typeName,
    one,
    types,
    ...queries,
    mutations,
    canCreate: isOn(config.mutation?.create),
    taken: [...new Set(registrar.taken)],
    fields: own,
    shown: toShownFields(className, own, config.type),
  };
};

const NAME = /^\w+$/; // the rows of a relation are a class, too: `_Join:users:_Role`

const isEnabled =
  ({ enabledForClasses, disabledForClasses }: GraphQLConfig) =>
  ({ className }: ClassSchema): boolean =>
    (!enabledForClasses || enabledForClasses.includes(className)) && !disabledForClasses?.includes(className);

/**
 * The classes in the order of the schema, as `config` shows them. A name is the first one's that would have it: the schema's own, then Parse's classes,
 * then the others by their names. `own` are those of the schema itself.
 */
export const toGraphQLClasses = (
  classes: readonly ClassSchema[],
  own: OwnNames = { types: [], queries: [], mutations: [] },
  config: GraphQLConfig = {},
): readonly GraphQLClass[] => {
  const names = {
    types: new Set(own.types),
    queries: new Set(own.queries),
    mutations: new Set(own.mutations),
  };
  return [...classes]
    .sort(byClassName)
    .filter(({ className }) => NAME.test(className))
    .filter(isEnabled(config))
    .map((schema) => {
      const classConfig = config.classConfigs?.find(({ className }) => className === schema.className);
      return toGraphQLClass(schema, names, classConfig ?? {});
    });
};
