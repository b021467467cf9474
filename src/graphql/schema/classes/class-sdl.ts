import type { FieldSchema } from '../../../parse/classes/schema.ts';
import type { FieldList, FindClass, GraphQLClass, TypePart, Verb } from '../../graphql-class.ts';

/** What stands for a type that the class could not have, since another one has its name. */
const UNTYPED = 'Object';

/** The arguments of a list of objects. */
const listArguments = ({ where = UNTYPED, order }: GraphQLClass['types']): string =>
  `(where: ${where}, order: ${order ? `[${order}!]` : 'String'}, skip: Int, after: String, first: Int, before: String, last: Int, options: ReadOptionsInput)`;

const SIMPLE_INPUTS: { readonly [type: string]: string } = {
  String: 'String',
  Number: 'Float',
  Boolean: 'Boolean',
  Array: '[Any]',
  Object: 'Object',
  Date: 'Date',
  File: 'FileInput',
  GeoPoint: 'GeoPointInput',
  Polygon: '[GeoPointInput!]',
  Bytes: 'Bytes',
  ACL: 'ACLInput',
};

/** The type of a field in the inputs that write it. */
export const inputType = ({ type, targetClass }: FieldSchema, find: FindClass): string => {
  if (type === 'Pointer') return find(targetClass)?.types.pointer ?? UNTYPED;
  if (type === 'Relation') return find(targetClass)?.types.relation ?? UNTYPED;
  return SIMPLE_INPUTS[type] ?? UNTYPED;
};

const SIMPLE_OUTPUTS: { readonly [type: string]: string } = {
  ...SIMPLE_INPUTS,
  Array: '[ArrayResult]',
  File: 'FileInfo',
  GeoPoint: 'GeoPoint',
  Polygon: '[GeoPoint!]',
  ACL: 'ACL!',
};

const outputField = (name: string, { type, targetClass, required }: FieldSchema, find: FindClass): string => {
  const mark = required ? '!' : '';
  const target = type === 'Pointer' || type === 'Relation' ? find(targetClass) : undefined;
  if (type === 'Relation') {
    const list = target ? listArguments(target.types) : '';
    return `${name}${list}: ${target?.types.connection ?? UNTYPED}!`;
  }
  return `${name}: ${target?.types.object ?? SIMPLE_OUTPUTS[type] ?? UNTYPED}${mark}`;
};

const whereType = ({ type, targetClass }: FieldSchema, find: FindClass): string => {
  if (type === 'Pointer' || type === 'Relation') return find(targetClass)?.types.relationWhere ?? UNTYPED;
  return type === 'ACL' ? 'ObjectWhereInput' : `${type}WhereInput`;
};

const block = (head: string, lines: readonly string[]): string => `${head} {\n  ${lines.join('\n  ')}\n}`;

const ACL_FIELD: readonly [string, FieldSchema] = ['ACL', { type: 'ACL' }];

const byName = (entries: FieldList): FieldList => [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

const typeSdl = (typeName: string, { className, shown }: GraphQLClass, find: FindClass): string =>
  block(`type ${typeName} implements ParseObject & Node`, [
    'id: ID!',
    'objectId: ID!',
    'createdAt: Date!',
    'updatedAt: Date!',
    'ACL: ACL!',
    ...(className === '_User' ? ['authDataResponse: Object'] : []),
    ...shown.output.map(([name, field]) => outputField(name, field, find)),
  ]);

const fieldsInput = (typeName: string, fields: FieldList, isNew: boolean, find: FindClass): string =>
  block(
    `input ${typeName}`,
    byName([ACL_FIELD, ...fields]).map(
      ([name, field]) => `${name}: ${inputType(field, find)}${isNew && field.required ? '!' : ''}`,
    ),
  );

const isId = (name: string): boolean => name === 'id' || name === 'objectId';

const whereInput = (typeName: string, { shown }: GraphQLClass, find: FindClass): string => {
  const logical = ['OR', 'AND', 'NOR'];
  const lines = shown.where
    .filter(([name]) => !logical.includes(name))
    .map(([name, field]) => `${name}: ${isId(name) ? 'IdWhereInput' : whereType(field, find)}`);
  return block(`input ${typeName}`, [...lines, ...logical.map((name) => `${name}: [${typeName}!]`)]);
};

type Parts = { readonly [part in TypePart]: (typeName: string, graphQLClass: GraphQLClass, find: FindClass) => string };

const PARTS: Parts = {
  createFields: (name, { shown }, find) => fieldsInput(name, shown.create, true, find),
  updateFields: (name, { shown }, find) => fieldsInput(name, shown.update, false, find),
  pointer: (name, { types: { createFields = UNTYPED }, canCreate }) =>
    block(`input ${name}`, ['link: ID', ...(canCreate ? [`createAndLink: ${createFields}`] : [])]),
  relation: (name, { types: { createFields = UNTYPED }, canCreate }) =>
    block(`input ${name}`, ['add: [ID!]', 'remove: [ID!]', ...(canCreate ? [`createAndAdd: [${createFields}!]`] : [])]),
  where: whereInput,
  relationWhere: (name, { types: { where = UNTYPED } }) =>
    block(`input ${name}`, [`have: ${where}`, `haveNot: ${where}`, 'exists: Boolean']),
  order: (name, { shown }) => block(`enum ${name}`, shown.order),
  object: typeSdl,
  edge: (name, { types }) => block(`type ${name}`, [`node: ${types.object ?? UNTYPED}`, 'cursor: String!']),
  connection: (name, { types }) =>
    block(`type ${name}`, ['pageInfo: PageInfo!', `edges: [${types.edge ?? UNTYPED}]`, 'count: Int!']),
};

const MUTATION_INPUTS: { readonly [verb in Verb]: (types: GraphQLClass['types']) => readonly string[] } = {
  Create: ({ createFields = UNTYPED }) => [`fields: ${createFields}`],
  Update: ({ updateFields = UNTYPED }) => ['id: ID!', `fields: ${updateFields}`],
  Delete: () => ['id: ID!'],
};

const mutationSdl = (verb: Verb, { typeName, one, types }: GraphQLClass): string =>
  [
    block(`input ${verb}${typeName}Input`, [...MUTATION_INPUTS[verb](types), 'clientMutationId: String']),
    block(`type ${verb}${typeName}Payload`, [`${one}: ${types.object ?? UNTYPED}!`, 'clientMutationId: String']),
  ].join('\n\n');

/** The types of a class. */
export const classSdl = (graphQLClass: GraphQLClass, find: FindClass): string => {
  const parts = Object.entries(graphQLClass.types) as [TypePart, string][];
  return [
    ...parts.map(([part, name]) => PARTS[part](name, graphQLClass, find)),
    ...graphQLClass.mutations.map(({ verb }) => mutationSdl(verb, graphQLClass)),
  ].join('\n\n');
};

/** The queries of a class. */
export const classQueries = ({ getQuery, findQuery, types }: GraphQLClass): readonly string[] => [
  ...(getQuery === undefined ? [] : [`${getQuery}(id: ID!, options: ReadOptionsInput): ${types.object ?? UNTYPED}!`]),
  ...(findQuery === undefined ? [] : [`${findQuery}${listArguments(types)}: ${types.connection ?? UNTYPED}!`]),
];

/** The mutations of a class. */
export const classMutations = ({ typeName, mutations }: GraphQLClass): readonly string[] =>
  mutations.flatMap(({ verb, name }) =>
    name === undefined ? [] : [`${name}(input: ${verb}${typeName}Input!): ${verb}${typeName}Payload`],
  );
