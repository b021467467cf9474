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
  readonly mutations: readonly Verb[];
  /** The names that it would have had, as a sentence may list them: `type Order`, `query items`. */
  readonly taken: readonly string[];
  /** The fields of its own, sorted by name, without those that every object has. */
  readonly fields: readonly (readonly [string, FieldSchema])[];
};

/** Finds the GraphQL class of a Parse class; undefined for one that is not in the schema. */
export type FindClass = (className: string | undefined) => GraphQLClass | undefined;
