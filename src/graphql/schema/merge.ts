import {
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** The same type, with the schema's own in the place of another one of its name. */
const known = (type: GraphQLType, own: GraphQLSchema): GraphQLType => {
  if (isNonNullType(type)) return new GraphQLNonNull(known(type.ofType, own) as typeof type.ofType);
  if (isListType(type)) return new GraphQLList(known(type.ofType, own));
  return own.getType(type.name) ?? type;
};

const fieldsOf = (type: GraphQLNamedType | undefined): { [name: string]: { type: GraphQLType } } | undefined =>
  isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : undefined;

const isTheirs = ({ name }: GraphQLNamedType): boolean => !name.startsWith('__');

/**
 * Brings what another schema defines into `own`, as Parse Server does: types that it does not have, and of those that it has
 * the fields, which take the place of its own of the same name.
 */
export const mergeInto = (own: GraphQLSchema, other: GraphQLSchema): void => {
  const types = own.getTypeMap();
  const theirs = Object.values(other.getTypeMap()).filter(isTheirs);
  const shared = theirs.filter(({ name }) => Object.hasOwn(types, name));
  for (const type of theirs) types[type.name] ??= type;
  for (const type of shared) {
    const present = fieldsOf(types[type.name]);
    if (!present || present === fieldsOf(type)) continue;
    for (const [name, field] of Object.entries(fieldsOf(type) ?? {})) {
      field.type = known(field.type, own) as GraphQLOutputType;
      present[name] = field;
    }
  }
};
