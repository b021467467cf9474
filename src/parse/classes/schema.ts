import type { AclMap, Json } from '../record.ts';

/** The types that a field can have. */
export type FieldType =
  | 'String'
  | 'Number'
  | 'Boolean'
  | 'Date'
  | 'Array'
  | 'Object'
  | 'GeoPoint'
  | 'File'
  | 'Bytes'
  | 'Polygon'
  | 'Pointer'
  | 'Relation'
  | 'ACL';

/** One field of a class, as Parse Server's REST `/schemas` shows it. `targetClass` is there for Pointer and Relation. */
export type FieldSchema = {
  /** What the field holds. It never changes: Parse Server refuses values of another type with error 111. */
  readonly type: FieldType;
  /** The class that a Pointer or a Relation leads to. */
  readonly targetClass?: string;
  /** Whether an object must have it: else Parse Server refuses to create it with error 142. @default false */
  readonly required?: boolean;
  /** What a new object gets that is created without the field, or with null. */
  readonly defaultValue?: Json;
};

/** What class-level permissions are given for. */
export type ClassOperation = 'find' | 'get' | 'count' | 'create' | 'update' | 'delete' | 'addField';

/** Who may do what with a class: subjects are `*`, `role:Name`, object ids, `requiresAuthentication`, `pointerFields`. */
export type ClassLevelPermissions = {
  readonly [operation in ClassOperation]?: { readonly [subject: string]: boolean | readonly string[] };
} & {
  /** Fields with users who may find, get and count the object where the operation is closed. */
  readonly readUserFields?: readonly string[];
  /** Fields with users who may update and delete the object, and add fields to the class. */
  readonly writeUserFields?: readonly string[];
  /** Fields that are hidden, by who asks: `*`, `authenticated`, `role:Name`, `userField:owner`, an object id. */
  readonly protectedFields?: { readonly [subject: string]: readonly string[] };
  /** The ACL of an object that is created without one. */
  readonly ACL?: AclMap;
};

/** A class: its fields in order (built-in ones first) and its rights. The shape is that of REST `/schemas`. */
export type ClassSchema = {
  /** Letters, digits and `_`, the first a letter; Parse's own classes begin with `_`. */
  readonly className: string;
  /** The fields by name, in the order in which they were made. */
  readonly fields: { readonly [name: string]: FieldSchema };
  /** Who may do what with the class; not given: everybody everything, but nothing in the option `schema`, as in Parse Server. */
  readonly classLevelPermissions?: ClassLevelPermissions;
  /** A database's indexes: kept and shown, and without effect, since the emulator has no database. */
  readonly indexes?: { readonly [name: string]: Json };
};
