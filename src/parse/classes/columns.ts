import type { FieldSchema } from './schema.ts';

type Columns = { readonly [name: string]: FieldSchema };

/** The fields that every object has. */
const DEFAULT_COLUMNS: Columns = {
  objectId: { type: 'String' },
  createdAt: { type: 'Date' },
  updatedAt: { type: 'Date' },
  ACL: { type: 'ACL' },
};

/** The fields that Parse's own classes have besides. */
export const CLASS_COLUMNS: { readonly [className: string]: Columns } = {
  _User: {
    username: { type: 'String' },
    password: { type: 'String' },
    email: { type: 'String' },
    emailVerified: { type: 'Boolean' },
    authData: { type: 'Object' },
  },
  _Installation: {
    installationId: { type: 'String' },
    deviceToken: { type: 'String' },
    channels: { type: 'Array' },
    deviceType: { type: 'String' },
    pushType: { type: 'String' },
    GCMSenderId: { type: 'String' },
    timeZone: { type: 'String' },
    localeIdentifier: { type: 'String' },
    badge: { type: 'Number' },
    appVersion: { type: 'String' },
    appName: { type: 'String' },
    appIdentifier: { type: 'String' },
    parseVersion: { type: 'String' },
  },
  _Role: {
    name: { type: 'String' },
    users: { type: 'Relation', targetClass: '_User' },
    roles: { type: 'Relation', targetClass: '_Role' },
  },
  _Session: {
    user: { type: 'Pointer', targetClass: '_User' },
    installationId: { type: 'String' },
    sessionToken: { type: 'String' },
    expiresAt: { type: 'Date' },
    createdWith: { type: 'Object' },
  },
};

/** Parse's own classes that are there from the start. */
export const BUILT_IN_CLASSES: readonly string[] = ['_Role', '_Session', '_User'];

/** The built-in fields of a class, in the order in which Parse lists them. */
export const columnsOf = (className: string): Columns => ({ ...DEFAULT_COLUMNS, ...CLASS_COLUMNS[className] });
