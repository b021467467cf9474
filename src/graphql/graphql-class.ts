import type { FieldSchema } from '../parse/classes/schema.ts';

/** What a type of a class is for. */
export type TypePart =
  | 'createFields'
  | 'updateFields'
  | 'pointer'
  | 'relation'
  | 'where'
  | 'relationWhere'
  | 'order'
  | 'object'
  | 'edge'
  | 'connection';

/** What a mutation of a class does. */
export type Verb = 'Create' | 'Update' | 'Delete';

/** A mutation of a class. */
export type ClassMutation = {
  readonly verb: Verb;
  /** What it is called: `createUser`, unless the configuration says otherwise; absent: only its types are there, since the name was taken. */
  readonly name?: string;
};

/** Fields by their names. */
export type FieldList = readonly (readonly [string, FieldSchema])[];

/** The fields that the types of a class have, sorted by name: all of its own, unless the configuration of the schema says less. */
export type ShownFields = {
  readonly create: FieldList;
  readonly update: FieldList;
  readonly output: FieldList;
  /** Those of `where`; those that every object has are among them where nothing was said. */
  readonly where: FieldList;
  /** The values of `order`. */
  readonly order: readonly string[];
};

/** A class under the names that GraphQL has for it. What has no name is not there, since another one had the name before. */
export type GraphQLClass = {
  readonly className: string;
  /** The name that all others are made of: `User` for `_User`. */
  readonly typeName: string;
  /** The word for one object: `user`. */
  readonly one: string;
  /** Its types by name. */
  readonly types: { readonly [part in TypePart]?: string };
  /** The query for one object: `user`. */
  readonly getQuery?: string;
  /** The query for several: `users`. */
  readonly findQuery?: string;
  readonly mutations: readonly ClassMutation[];
  /** Whether inputs of pointers and relations to it can make objects. */
  readonly canCreate: boolean;
  readonly shown: ShownFields;
  /** The names that it would have had, as a message may list them: `type Order`, `query items`. */
  readonly taken: readonly string[];
  /** The fields of its own, sorted by name, without those that every object has. */
  readonly fields: FieldList;
};

/** Finds the GraphQL class of a Parse class; undefined for one that is not in the schema. */
export type FindClass = (className: string | undefined) => GraphQLClass | undefined;
