import { BUILT_IN_CLASSES, columnsOf } from '../parse/classes/columns.ts';
import { isInternalClass, isSystemClass } from '../parse/classes/names.ts';
import type { ClassLevelPermissions, ClassSchema } from '../parse/classes/schema.ts';
import type { Fields } from '../parse/classes/validation.ts';
import type { ParseRecord } from '../parse/record.ts';
import { SCHEMA_CLASS } from '../store/snapshot.ts';
import type { Store, Transaction } from '../store/store.ts';

const OPEN = { '*': true } as const;

/** What Parse gives to a class that was made without permissions: everybody may do everything. */
export const DEFAULT_PERMISSIONS: ClassLevelPermissions = {
  ACL: { '*': { read: true, write: true } },
  find: OPEN,
  get: OPEN,
  count: OPEN,
  create: OPEN,
  update: OPEN,
  delete: OPEN,
  addField: OPEN,
  protectedFields: { '*': [] },
};

/** Permissions as they are kept once somebody has set them: an operation that was not named is closed. */
export const completePermissions = (permissions: ClassLevelPermissions): ClassLevelPermissions => ({
  find: {},
  get: {},
  count: {},
  create: {},
  update: {},
  delete: {},
  addField: {},
  protectedFields: {},
  ...permissions,
});

/** The stored part of a class: the fields of its own, and its permissions. */
type StoredClass = {
  readonly fields?: Fields;
  readonly classLevelPermissions?: ClassLevelPermissions;
  readonly indexes?: ClassSchema['indexes'];
};

const ownFields = (className: string, fields: Fields | undefined): Fields => {
  const builtIn = columnsOf(className);
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([name]) => !Object.hasOwn(builtIn, name)));
};

/** Writes the class into the store; built-in fields are not kept, since every class has them. */
export const putClass = (schema: ClassSchema, transaction: Transaction): void => {
  const { className, fields, classLevelPermissions, indexes } = schema;
  const row = {
    className,
    fields: ownFields(className, fields),
    ...(classLevelPermissions && { classLevelPermissions }),
    ...(indexes && { indexes }),
  };
  transaction.put(SCHEMA_CLASS, { objectId: className, ...row } as unknown as ParseRecord);
};

const merge = (className: string, { fields, classLevelPermissions, indexes }: StoredClass): ClassSchema => ({
  className,
  fields: { ...columnsOf(className), ...fields },
  classLevelPermissions: classLevelPermissions ?? DEFAULT_PERMISSIONS,
  ...(indexes && { indexes }),
});

/** The classes of the application, read from the store and kept until one changes. */
export class Schemas {
  readonly #store: Store;
  #version = -1;
  #classes = new Map<string, ClassSchema>();
  // A class with a thousand fields must not cost anything when another one changes; a stored record never does.
  readonly #merged = new WeakMap<ParseRecord, ClassSchema>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** A number that changes with every change of a class. */
  get version(): number {
    return this.#store.version(SCHEMA_CLASS);
  }

  get(className: string): ClassSchema | undefined {
    return this.#current().get(className);
  }

  /** All classes that GraphQL and REST `/schemas` show, Parse's own ones first. */
  list(): readonly ClassSchema[] {
    return [...this.#current().values()];
  }

  /** Whether a class of this name can be written to and searched without being made first. */
  isKnown(className: string): boolean {
    return isSystemClass(className) || isInternalClass(className) || this.#current().has(className);
  }

  #current(): ReadonlyMap<string, ClassSchema> {
    if (this.#version !== this.version) {
      const stored = [...this.#store.all(SCHEMA_CLASS)].map(({ objectId }) => objectId);
      this.#classes = new Map(
        [...new Set([...BUILT_IN_CLASSES, ...stored])].map((className) => [className, this.#merge(className)]),
      );
      this.#version = this.version;
    }
    return this.#classes;
  }

  #merge(className: string): ClassSchema {
    const stored = this.#store.get(SCHEMA_CLASS, className);
    if (!stored) return merge(className, {});
    const merged = this.#merged.get(stored) ?? merge(className, stored as StoredClass);
    this.#merged.set(stored, merged);
    return merged;
  }
}
