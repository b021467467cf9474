import type { Options } from '../../options/table.ts';
import { PUBLIC } from '../../parse/acl.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import type { Context } from '../context.ts';

/** Fields that are hidden, by who asks. */
export type ProtectedFields = { readonly [subject: string]: readonly string[] };

const BY_DEFAULT: { readonly [className: string]: ProtectedFields } = { _User: { [PUBLIC]: ['email'] } };

const unite = (one: ProtectedFields, other: ProtectedFields): ProtectedFields => {
  const united: { [subject: string]: readonly string[] } = { ...one };
  for (const [subject, fields] of Object.entries(other)) {
    united[subject] = [...new Set([...(united[subject] ?? []), ...fields])];
  }
  return united;
};

/** What the options hide of a class. Addresses are hidden unless the option says otherwise of users, who are not exempt. */
const protectedByOptions = (className: string, options: Options): ProtectedFields => {
  const byDefault = BY_DEFAULT[className] ?? {};
  const given = options.protectedFields ? (options.protectedFields[className] ?? {}) : byDefault;
  const sensitive = className === '_User' ? (options.userSensitiveFields ?? []) : [];
  const own = sensitive.length > 0 ? unite(given, { [PUBLIC]: sensitive }) : given;
  const isKept = ([subject]: [string, readonly string[]]): boolean =>
    options.protectedFieldsOwnerExempt || !Object.hasOwn(own, subject);
  return unite(own, Object.fromEntries(Object.entries(byDefault).filter(isKept)));
};

/** The protected fields of a class: those of its permissions, and those of the options. */
export const mergeProtectedFields = (
  className: string,
  schema: Pick<ClassSchema, 'classLevelPermissions'> | undefined,
  options: Options,
): ProtectedFields =>
  unite(schema?.classLevelPermissions?.protectedFields ?? {}, protectedByOptions(className, options));

const known = new WeakMap<ClassSchema, ProtectedFields>();

/** The protected fields of a class. Every read asks, and the answer is the same until the class changes. */
export const protectedFieldsOf = (
  className: string,
  { schemas, options }: Pick<Context, 'schemas' | 'options'>,
): ProtectedFields => {
  const schema = schemas.get(className);
  const fields = (schema && known.get(schema)) ?? mergeProtectedFields(className, schema, options);
  if (schema) known.set(schema, fields);
  return fields;
};
