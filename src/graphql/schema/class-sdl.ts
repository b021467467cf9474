import type { FieldSchema } from '../../parse/classes/schema.ts';
import type { GraphQLClass } from './naming.ts';

/** Finds the GraphQL class of a Parse class; undefined for one that is not in the schema. */
export type FindClass = (className: string | undefined) => GraphQLClass | undefined;

/** The arguments of a list of objects. */
const LIST_ARGUMENTS = (typeName: string): string =>
  `(where: ${typeName}WhereInput, order: [${typeName}Order!], skip: Int, after: String, first: Int, before: String, last: Int, options: ReadOptionsInput)`;

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
  const target = type === 'Pointer' || type === 'Relation' ? find(targetClass) : undefined;
  return target ? `${target.typeName}${type}Input` : (SIMPLE_INPUTS[type] ?? 'Object');
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
    return target ? `${name}${LIST_ARGUMENTS(target.typeName)}: ${target.typeName}Connection!` : `${name}: Object!`;
  }
  return `${name}: ${target?.typeName ?? SIMPLE_OUTPUTS[type] ?? 'Object'}${mark}`;
};

const whereType = ({ type, targetClass }: FieldSchema, find: FindClass): string => {
  if (type === 'Pointer' || type === 'Relation') {
    const target = find(targetClass);
    return target ? `${target.typeName}RelationWhereInput` : 'Object';
  }
  return type === 'ACL' ? 'ObjectWhereInput' : `${type}WhereInput`;
};

const block = (head: string, lines: readonly string[]): string => `${head} {\n  ${lines.join('\n  ')}\n}`;

const isShown = (className: string, name: string): boolean => !(className === '_User' && name === 'password');

const ACL_FIELD: readonly [string, FieldSchema] = ['ACL', { type: 'ACL' }];

const byName = (entries: readonly (readonly [string, FieldSchema])[]): readonly (readonly [string, FieldSchema])[] =>
  [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

const typeSdl = ({ className, typeName, fields }: GraphQLClass, find: FindClass): string =>
  block(`type ${typeName} implements ParseObject & Node`, [
    'id: ID!',
    'objectId: ID!',
    'createdAt: Date!',
    'updatedAt: Date!',
    'ACL: ACL!',
    ...(className === '_User' ? ['authDataResponse: Object'] : []),
    ...fields.filter(([name]) => isShown(className, name)).map(([name, field]) => outputField(name, field, find)),
  ]);

const fieldsInput = (verb: 'Create' | 'Update', { typeName, fields }: GraphQLClass, find: FindClass): string =>
  block(
    `input ${verb}${typeName}FieldsInput`,
    byName([ACL_FIELD, ...fields]).map(
      ([name, field]) => `${name}: ${inputType(field, find)}${verb === 'Create' && field.required ? '!' : ''}`,
    ),
  );

const whereInput = ({ typeName, fields }: GraphQLClass, find: FindClass): string => {
  const common: readonly (readonly [string, FieldSchema])[] = [
    ACL_FIELD,
    ['createdAt', { type: 'Date' }],
    ['updatedAt', { type: 'Date' }],
  ];
  const lines = byName([...common, ...fields, ['objectId', { type: 'String' }]]).map(([name, field]) =>
    name === 'objectId' ? 'objectId: IdWhereInput' : `${name}: ${whereType(field, find)}`,
  );
  const logical = ['OR', 'AND', 'NOR'].map((name) => `${name}: [${typeName}WhereInput!]`);
  return block(`input ${typeName}WhereInput`, [...lines, 'id: IdWhereInput', ...logical]);
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

const payload = (name: string, { one, typeName }: GraphQLClass): string =>
  block(`type ${name}Payload`, [`${one}: ${typeName}!`, 'clientMutationId: String']);

/** The types of a class. */
export const classSdl = (graphQLClass: GraphQLClass, find: FindClass): string => {
  const { typeName } = graphQLClass;
  const created = `Create${typeName}FieldsInput`;
  return [
    typeSdl(graphQLClass, find),
    block(`type ${typeName}Edge`, [`node: ${typeName}`, 'cursor: String!']),
    block(`type ${typeName}Connection`, [`pageInfo: PageInfo!`, `edges: [${typeName}Edge]`, 'count: Int!']),
    fieldsInput('Create', graphQLClass, find),
    fieldsInput('Update', graphQLClass, find),
    block(`input ${typeName}PointerInput`, ['link: ID', `createAndLink: ${created}`]),
    block(`input ${typeName}RelationInput`, ['add: [ID!]', 'remove: [ID!]', `createAndAdd: [${created}!]`]),
    whereInput(graphQLClass, find),
    block(`input ${typeName}RelationWhereInput`, [
      `have: ${typeName}WhereInput`,
      `haveNot: ${typeName}WhereInput`,
      'exists: Boolean',
    ]),
    block(
      `enum ${typeName}Order`,
      orderFields(graphQLClass).flatMap((name) => [`${name}_ASC`, `${name}_DESC`]),
    ),
    block(`input Create${typeName}Input`, [`fields: ${created}`, 'clientMutationId: String']),
    payload(`Create${typeName}`, graphQLClass),
    block(`input Update${typeName}Input`, [
      'id: ID!',
      `fields: Update${typeName}FieldsInput`,
      'clientMutationId: String',
    ]),
    payload(`Update${typeName}`, graphQLClass),
    block(`input Delete${typeName}Input`, ['id: ID!', 'clientMutationId: String']),
    payload(`Delete${typeName}`, graphQLClass),
  ].join('\n\n');
};

/** The queries of a class. */
export const classQueries = ({ one, many, typeName, hasNoQuery }: GraphQLClass): readonly string[] => [
  ...(hasNoQuery ? [] : [`${one}(id: ID!, options: ReadOptionsInput): ${typeName}!`]),
  ...(many === undefined ? [] : [`${many}${LIST_ARGUMENTS(typeName)}: ${typeName}Connection!`]),
];

/** The mutations of a class. */
export const classMutations = ({ typeName }: GraphQLClass): readonly string[] =>
  ['Create', 'Update', 'Delete'].map(
    (verb) => `${verb.toLowerCase()}${typeName}(input: ${verb}${typeName}Input!): ${verb}${typeName}Payload`,
  );
