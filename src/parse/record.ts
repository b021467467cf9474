/** Any JSON value, as it travels in REST bodies and stands in the data file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export type Pointer = { readonly __type: 'Pointer'; readonly className: string; readonly objectId: string };
export type ParseDate = { readonly __type: 'Date'; readonly iso: string };

/**
 * One object of a class, in Parse's REST form and immutable. `createdAt` and `updatedAt` are ISO texts, a date field of one's
 * own is `{ __type: 'Date', iso }`; no `ACL` means that everybody may read and write. Names that begin with `_` are
 * internal (`_hashed_password`) and never leave the operations.
 */
export type ParseRecord = {
  readonly objectId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly ACL?: AclMap;
} & JsonObject;

/** Rights by subject: an object id of a user, `role:Name`, or `*` for everybody. */
export type AclMap = { readonly [subject: string]: { readonly read?: boolean; readonly write?: boolean } };

export const isObject = (value: unknown): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isPointer = (value: unknown): value is Pointer => isObject(value) && value['__type'] === 'Pointer';

export const toPointer = (className: string, objectId: string): Pointer => ({ __type: 'Pointer', className, objectId });

export const toDate = (milliseconds: number): ParseDate => ({ __type: 'Date', iso: new Date(milliseconds).toISOString() });

/** Milliseconds of a stored date, be it `{ __type: 'Date', iso }` or ISO text; undefined for anything else. */
export const fromDate = (value: unknown): number | undefined => {
  const iso = isObject(value) && value['__type'] === 'Date' ? value['iso'] : value;
  const milliseconds = typeof iso === 'string' ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
};
