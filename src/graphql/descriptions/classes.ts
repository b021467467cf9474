import type { FieldSchema } from '../../parse/classes/schema.ts';
import type { ClassMutation, GraphQLClass, TypePart, Verb } from '../graphql-class.ts';
import type { Descriptions } from './descriptions.ts';
import { mutationTypeTexts } from './mutations.ts';

/** Fields of Parse's own classes that have a meaning of their own. */
const OWN_FIELDS: { readonly [className: string]: { readonly [field: string]: string } } = {
  _User: {
    username: 'The name by which the user logs in. No two users have the same.',
    password: 'The password. It can be set, and never read.',
    email: 'The address. No two users have the same.',
    emailVerified: 'Whether the user has followed the link that was mailed to the address.',
    authData: 'The accounts with third parties, by provider.',
  },
  _Role: {
    name: 'The name of the role. No two roles have the same.',
    users: 'The users who are in the role.',
    roles: 'The roles whose members are in this one, too.',
  },
  _Session: {
    user: 'The user who is logged in by it.',
    sessionToken: 'The token that a client sends.',
    createdWith: 'How the session began: the action, and the provider or the password.',
    expiresAt: 'When it ends.',
    installationId: 'The installation of the application that it belongs to.',
  },
};

const NOUNS: { readonly [type: string]: string } = {
  String: 'text',
  Number: 'a number',
  Boolean: 'true or false',
  Array: 'a list',
  Object: 'a JSON object',
  Date: 'a date',
  File: 'a file',
  GeoPoint: 'a place on earth',
  Polygon: 'a polygon on earth',
  Bytes: 'bytes',
  ACL: 'who may read and write the object',
};

const holdsOf = ({ type, targetClass }: FieldSchema): string => {
  if (type === 'Pointer') return `an object of the class \`${targetClass}\``;
  if (type === 'Relation') return `any number of objects of the class \`${targetClass}\``;
  return NOUNS[type] ?? 'any value';
};

const fieldText = (className: string, name: string, field: FieldSchema): string =>
  OWN_FIELDS[className]?.[name] ?? `\`${name}\`: ${holdsOf(field)}.`;

const COMMON: { readonly [name: string]: string } = {
  id: 'The global id: with it `node` finds the object, whatever its class.',
  objectId: 'The id, of which there is no second one in the class.',
  createdAt: 'When the object was made.',
  updatedAt: 'When the object was changed last.',
  ACL: 'Who may read and who may write the object.',
  authDataResponse: 'What third parties answered when the user signed up or logged in, by provider.',
};

const LIST_ARGUMENTS: { readonly [name: string]: string } = {
  where: 'The conditions that an object must meet; none: all objects.',
  order: 'What to sort by; the second counts where the first is the same.',
  skip: 'How many to leave out at the start.',
  after: 'Only what follows behind this cursor.',
  first: 'At most so many, from the start.',
  before: 'Only what stands before this cursor.',
  last: 'At most so many, from the end.',
  options: 'Which members of a replicated database read. Accepted, and without effect here.',
};

/** Texts of the members of a thing, by their names behind its own: `User.` and `email`. */
const below = (prefix: string, texts: { readonly [name: string]: string }, suffix = ''): [string, string][] =>
  Object.entries(texts).map(([name, text]) => [`${prefix}${name}${suffix}`, text]);

type Texts = (name: string, graphQLClass: GraphQLClass) => readonly (readonly [string, string])[];

const fieldTexts: Texts = (name, { className, fields }) =>
  fields.map(([field, schema]) => [`${name}.${field}`, fieldText(className, field, schema)]);

const COMPOUND = {
  OR: 'At least one of these holds.',
  AND: 'All of these hold.',
  NOR: 'None of these holds.',
};

const writing =
  (what: string): Texts =>
  (name, graphQLClass) => [
    [name, `The fields of ${what} of the class ${graphQLClass.typeName}.`],
    [`${name}.ACL`, COMMON['ACL'] ?? ''],
    ...fieldTexts(name, graphQLClass),
  ];

const PARTS: { readonly [part in TypePart]: Texts } = {
  createFields: writing('a new object'),
  updateFields: writing('an object that change; `null` empties one'),
  pointer: (name, { typeName }) => [
    [name, `An object of the class ${typeName} for a field: one that is there, or a new one.`],
    [`${name}.link`, 'The id of an object that is there, global or the object id.'],
    [`${name}.createAndLink`, 'An object to make.'],
  ],
  relation: (name, { typeName }) => [
    [name, `Objects of the class ${typeName} that a relation gains and loses.`],
    [`${name}.add`, 'The ids of objects to put in, global or object ids.'],
    [`${name}.remove`, 'The ids of objects to take out, global or object ids.'],
    [`${name}.createAndAdd`, 'Objects to make and put in.'],
  ],
  where: (name, graphQLClass) => [
    [name, `Conditions on objects of the class ${graphQLClass.typeName}. All of them must hold.`],
    ...below(`${name}.`, COMMON),
    ...fieldTexts(name, graphQLClass),
    ...below(`${name}.`, COMPOUND),
  ],
  relationWhere: (name, { typeName }) => [
    [name, `Conditions on the objects of the class ${typeName} that a field leads to.`],
    [`${name}.have`, 'It leads to an object that meets these.'],
    [`${name}.haveNot`, 'It leads to no object that meets these.'],
    [`${name}.exists`, 'Whether it leads to anything at all.'],
  ],
  order: (name, { typeName }) => [[name, `What objects of the class ${typeName} can be sorted by, up or down.`]],
  object: (name, graphQLClass) => [
    [name, `An object of the class ${graphQLClass.typeName}.`],
    ...below(`${name}.`, COMMON),
    ...fieldTexts(name, graphQLClass),
    ...graphQLClass.fields.flatMap(([field, { type }]) =>
      type === 'Relation' ? below(`${name}.${field}(`, LIST_ARGUMENTS, ')') : [],
    ),
  ],
  edge: (name, { typeName }) => [
    [name, `An object of the class ${typeName} in its place in a list.`],
    [`${name}.node`, 'The object.'],
    [`${name}.cursor`, 'Its place: give it to `after` or `before`.'],
  ],
  connection: (name, { typeName }) => [
    [name, `A page of a list of objects of the class ${typeName}.`],
    [`${name}.pageInfo`, 'Where the page stands in the list.'],
    [`${name}.edges`, 'The objects of the page.'],
    [`${name}.count`, 'How many there are in the whole list, whatever the page shows.'],
  ],
};

const CHANGES: { readonly [verb in Verb]: (typeName: string) => string } = {
  Create: (typeName) => `Makes an object of the class ${typeName}.`,
  Update: (typeName) => `Changes an object of the class ${typeName}.`,
  Delete: (typeName) => `Deletes an object of the class ${typeName}.`,
};

const mutationTexts = (
  { verb, name }: ClassMutation,
  { typeName, one }: GraphQLClass,
): readonly (readonly [string, string])[] => [
  ...mutationTypeTexts(name ?? `${verb.toLowerCase()}${typeName}`, `${verb}${typeName}`),
  [`Mutation.${name}`, CHANGES[verb](typeName)],
  [`${verb}${typeName}Input.id`, 'The id of the object, global or the object id.'],
  [`${verb}${typeName}Input.fields`, verb === 'Create' ? 'What it is to have.' : 'What is to change.'],
  [`${verb}${typeName}Payload.${one}`, verb === 'Delete' ? 'The object, as it was.' : 'The object, as it is now.'],
];

const queryTexts = ({ getQuery, findQuery, typeName }: GraphQLClass): readonly (readonly [string, string])[] => [
  [`Query.${getQuery}`, `An object of the class ${typeName} by its id.`],
  [`Query.${getQuery}(id)`, 'The id, global or the object id.'],
  [`Query.${getQuery}(options)`, LIST_ARGUMENTS['options'] ?? ''],
  [`Query.${findQuery}`, `Objects of the class ${typeName}, a page at a time.`],
  ...below(`Query.${findQuery}(`, LIST_ARGUMENTS, ')'),
];

/** What is said of a class: of its types, its queries and its mutations. */
export const classTexts = (graphQLClass: GraphQLClass): Descriptions => {
  const parts = Object.entries(graphQLClass.types) as [TypePart, string][];
  return Object.fromEntries([
    ...parts.flatMap(([part, name]) => PARTS[part](name, graphQLClass)),
    ...graphQLClass.mutations.flatMap((mutation) => mutationTexts(mutation, graphQLClass)),
    ...queryTexts(graphQLClass),
  ]);
};

/** What is said of the fields of a new user who comes from a third party. */
export const logInWithTexts = (users: GraphQLClass | undefined): Descriptions =>
  Object.fromEntries(users === undefined ? [] : writing('a new user')('UserLoginWithInput', users).slice(1));
