import type { FieldSchema } from '../../parse/classes/schema.ts';
import type { FindClass, GraphQLClass, TypePart, Verb } from '../graphql-class.ts';

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

const isShown = (className: string, name: string): boolean => !(className === '_User' && name === 'password');

const ACL_FIELD: readonly [string, FieldSchema] = ['ACL', { type: 'ACL' }];

const byName = (entries: readonly (readonly [string, FieldSchema])[]): readonly (readonly [string, FieldSchema])[] =>
  [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

const typeSdl = (typeName: string, { className, fields }: GraphQLClass, find: FindClass): string =>
  block(`type ${typeName} implements ParseObject & Node`, [
    'id: ID!',
    'objectId: ID!',
    'createdAt: Date!',
    'updatedAt: Date!',
    'ACL: ACL!',
    ...(className === '_User' ? ['authDataResponse: Object'] : []),
    ...fields.filter(([name]) => isShown(className, name)).map(([name, field]) => outputField(name, field, find)),
  ]);

const fieldsInput = (typeName: string, isNew: boolean, { fields }: GraphQLClass, find: FindClass): string =>
  block(
    `input ${typeName}`,
    byName([ACL_FIELD, ...fields]).map(
      ([name, field]) => `${name}: ${inputType(field, find)}${isNew && field.required ? '!' : ''}`,
    ),
  );

const whereInput = (typeName: string, { fields }: GraphQLClass, find: FindClass): string => {
  const common: readonly (readonly [string, FieldSchema])[] = [
    ACL_FIELD,
    ['createdAt', { type: 'Date' }],
    ['updatedAt', { type: 'Date' }],
  ];
  const lines = byName([...common, ...fields, ['objectId', { type: 'String' }]]).map(([name, field]) =>
    name === 'objectId' ? 'objectId: IdWhereInput' : `${name}: ${whereType(field, find)}`,
  );
  const logical = ['OR', 'AND', 'NOR'].map((name) => `${name}: [${typeName}!]`);
  return block(`input ${typeName}`, [...lines, 'id: IdWhereInput', ...logical]);
};

/** The fields that a class can be ordered by. */
const orderFields = ({ fields }: GraphQLClass): readonly string[] => [
  ...byName([
    ACL_FIELD,
    ['createdAt', { type: 'Date' }],
    ['objectId', { type: 'String' }],
    ['updatedAt', { type: 'Date' }],
    ...fields,
  ]).map(([name]) => name),
  'id',
];

type Parts = { readonly [part in TypePart]: (typeName: string, graphQLClass: GraphQLClass, find: FindClass) => string };

const PARTS: Parts = {
  createFields: (name, graphQLClass, find) => fieldsInput(name, true, graphQLClass, find),
  updateFields: (name, graphQLClass, find) => fieldsInput(name, false, graphQLClass, find),
  pointer: (name, { types }) => block(`input ${name}`, ['link: ID', `createAndLink: ${types.createFields ?? UNTYPED}`]),
  relation: (name, { types }) =>
    block(`input ${name}`, ['add: [ID!]', 'remove: [ID!]', `createAndAdd: [${types.createFields ?? UNTYPED}!]`]),
  where: whereInput,
  relationWhere: (name, { types: { where = UNTYPED } }) =>
    block(`input ${name}`, [`have: ${where}`, `haveNot: ${where}`, 'exists: Boolean']),
  order: (name, graphQLClass) =>
    block(
      `enum ${name}`,
      orderFields(graphQLClass).flatMap((field) => [`${field}_ASC`, `${field}_DESC`]),
    ),
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
    ...graphQLClass.mutations.map((verb) => mutationSdl(verb, graphQLClass)),
  ].join('\n\n');
};

/** The queries of a class. */
export const classQueries = ({ getQuery, findQuery, types }: GraphQLClass): readonly string[] => [
  ...(getQuery === undefined ? [] : [`${getQuery}(id: ID!, options: ReadOptionsInput): ${types.object ?? UNTYPED}!`]),
  ...(findQuery === undefined ? [] : [`${findQuery}${listArguments(types)}: ${types.connection ?? UNTYPED}!`]),
];

/** The mutations of a class. */
export const classMutations = ({ typeName, mutations }: GraphQLClass): readonly string[] =>
  mutations.map(
    (verb) => `${verb.toLowerCase()}${typeName}(input: ${verb}${typeName}Input!): ${verb}${typeName}Payload`,
  );
