import type { AclMap, Json } from './record.ts';

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
  readonly type: FieldType;
  readonly targetClass?: string;
  readonly required?: boolean;
  readonly defaultValue?: Json;
};

/** What class-level permissions are given for. */
export type ClassOperation = 'find' | 'get' | 'count' | 'create' | 'update' | 'delete' | 'addField';

/** Who may do what with a class: subjects are `*`, `role:Name`, object ids, `requiresAuthentication`, `pointerFields`. */
export type ClassLevelPermissions = {
  readonly [operation in ClassOperation]?: { readonly [subject: string]: boolean | readonly string[] };
} & {
  readonly readUserFields?: readonly string[];
  readonly writeUserFields?: readonly string[];
  readonly protectedFields?: { readonly [subject: string]: readonly string[] };
  readonly ACL?: AclMap;
};

/** A class: its fields in order (built-in ones first) and its rights. The shape is that of REST `/schemas`. */
export type ClassSchema = {
  readonly className: string;
  readonly fields: { readonly [name: string]: FieldSchema };
  readonly classLevelPermissions?: ClassLevelPermissions;
  readonly indexes?: { readonly [name: string]: Json };
};
