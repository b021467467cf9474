import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  print,
} from 'graphql';

type Input = GraphQLArgument | GraphQLInputField;

/** A default as it is written in SDL, from the text of the definition: graphql 16 and 17 hold its value in different forms. */
const defaultOf = ({ astNode }: Input): string => (astNode?.defaultValue ? ` = ${print(astNode.defaultValue)}` : '');

const inputLine = (input: Input): string => `${input.name}: ${input.type}${defaultOf(input)}`;

const linesOf = (type: GraphQLNamedType): string[] => {
  if (isEnumType(type)) return type.getValues().map(({ name }) => `enum ${type}.${name}`);
  if (isUnionType(type)) return type.getTypes().map((member) => `union ${type} = ${member}`);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => `input ${type}.${inputLine(field)}`);
  if (!isObjectType(type) && !isInterfaceType(type)) return [`scalar ${type}`];
  const fields = Object.values(type.getFields());
  return [
    ...type.getInterfaces().map((parent) => `type ${type} implements ${parent}`),
    ...fields.map(({ name, type: fieldType }) => `type ${type}.${name}: ${fieldType}`),
    ...fields.flatMap(({ name, args }) => args.map((one) => `type ${type}.${name}(${inputLine(one)})`)),
  ];
};

/** Everything that a schema promises, a line each: types, fields, arguments and values, with their types and nullability. */
export const schemaLines = (sdl: string): string[] =>
  Object.values(buildSchema(sdl).getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap(linesOf)
    .sort();
