/** Any JSON value, as it travels in REST bodies and stands in the data file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json };

/** What leads to another object. */
export type Pointer = { readonly __type: 'Pointer'; readonly className: string; readonly objectId: string };
/** A date as REST has it; `iso` is in UTC. */
export type ParseDate = { readonly __type: 'Date'; readonly iso: string };

/**
 * One object of a class, in Parse's REST form and immutable. `createdAt` and `updatedAt` are ISO texts, a date field of one's
 * own is `{ __type: 'Date', iso }`; no `ACL` means that everybody may read and write. Names that begin with `_` are
 * internal (`_hashed_password`) and never leave the operations.
 */
export type ParseRecord = {
  /** Unique in the class: ten letters and digits, unless `allowCustomObjectId` let a client choose. */
  readonly objectId: string;
  /** ISO text in UTC. */
  readonly createdAt: string;
  /** ISO text in UTC; every write moves it on, also one that changes nothing. */
  readonly updatedAt: string;
  /** Who may read and write it; absent: everybody. */
  readonly ACL?: AclMap;
} & JsonObject;

/** Rights by subject: an object id of a user, `role:Name`, or `*` for everybody. */
export type AclMap = {
  readonly [subject: string]: {
    /** Whether the subject may read the object. @default false */
    readonly read?: boolean;
    /** Whether the subject may change and delete the object. @default false */
    readonly write?: boolean;
  };
};

/** Whether a value is an object, and neither null nor a list. */
export const isObject = (value: unknown): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is an object of any kind, a list among them. */
export const isObjectOrList = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether a value is there: neither undefined nor null. */
export const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

/** A text as it is; undefined for anything else. */
export const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A text that is not empty; undefined for anything else. */
export const filledTextIn = (value: unknown): string | undefined => textIn(value) || undefined;

/** What has members: an object, or a list by its places (the PHP SDK sends an empty map as `[]`); undefined for anything else. */
export const toObject = (value: unknown): JsonObject | undefined =>
  Array.isArray(value) ? Object.fromEntries(value.entries()) : isObject(value) ? value : undefined;

/** Whether a value was sent at all: null and empty text count as nothing. */
export const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== '';

/** The value at a path of names; undefined where an object on the way has no such member of its own. */
export const valueAt = (value: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (held, name) => (isObject(held) && Object.hasOwn(held, name) ? held[name] : undefined),
    value,
  );

/** Whether a value is a pointer. */
export const isPointer = (value: unknown): value is Pointer => isObject(value) && value['__type'] === 'Pointer';

/** A pointer to an object. */
export const toPointer = (className: string, objectId: string): Pointer => ({ __type: 'Pointer', className, objectId });

/** A time in milliseconds since 1970 as a date. */
export const toDate = (milliseconds: number): ParseDate => ({
  __type: 'Date',
  iso: new Date(milliseconds).toISOString(),
});

/** Milliseconds of a stored date, be it `{ __type: 'Date', iso }` or ISO text; undefined for anything else. */
export const fromDate = (value: unknown): number | undefined => {
  const iso = isObject(value) && value['__type'] === 'Date' ? value['iso'] : value;
  const milliseconds = typeof iso === 'string' ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
};
