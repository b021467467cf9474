import type { FieldSchema } from './schema.ts';

type Columns = { readonly [name: string]: FieldSchema };

/** The fields that every object has. */
const DEFAULT_COLUMNS: Columns = {
  objectId: { type: 'String' },
  createdAt: { type: 'Date' },
  updatedAt: { type: 'Date' },
  ACL: { type: 'ACL' },
};

const named = (type: FieldSchema['type'], names: string): Columns =>
  Object.fromEntries(names.split(' ').map((name) => [name, { type }]));

/** What classes have that only Parse Server itself writes to; they are not part of the application's schema. */
const VOLATILE_COLUMNS: { readonly [className: string]: Columns } = {
  _PushStatus: {
    ...named('String', 'pushTime source query payload title'),
    ...named('Number', 'expiry expiration_interval'),
    ...named('String', 'status'),
    ...named('Number', 'numSent numFailed'),
    ...named('String', 'pushHash'),
    ...named('Object', 'errorMessage sentPerType failedPerType sentPerUTCOffset failedPerUTCOffset'),
    ...named('Number', 'count'),
  },
  _JobStatus: {
    ...named('String', 'jobName source status message'),
    ...named('Object', 'params'),
    ...named('Date', 'finishedAt'),
  },
  _JobSchedule: {
    ...named('String', 'jobName description params startAfter'),
    ...named('Array', 'daysOfWeek'),
    ...named('String', 'timeOfDay'),
    ...named('Number', 'lastRun repeatMinutes'),
  },
  _Hooks: named('String', 'functionName className triggerName url'),
  _GlobalConfig: named('Object', 'params masterKeyOnly'),
  _GraphQLConfig: named('Object', 'config'),
  _Audience: { ...named('String', 'name query'), ...named('Date', 'lastUsed'), ...named('Number', 'timesUsed') },
  _Idempotency: { ...named('String', 'reqId'), ...named('Date', 'expire') },
};

/** The classes that no schema lists, and that the master key alone may name. */
export const VOLATILE_CLASSES: readonly string[] = Object.keys(VOLATILE_COLUMNS);

/** The fields that Parse's own classes have besides. */
const CLASS_COLUMNS: { readonly [className: string]: Columns } = {
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
  _Product: {
    productIdentifier: { type: 'String' },
    download: { type: 'File' },
    downloadName: { type: 'String' },
    icon: { type: 'File' },
    order: { type: 'Number' },
    title: { type: 'String' },
    subtitle: { type: 'String' },
  },
  ...VOLATILE_COLUMNS,
};

/** Parse's own classes that are there from the start. */
export const BUILT_IN_CLASSES: readonly string[] = ['_Role', '_Session', '_User'];

/** The built-in fields of a class, in the order in which Parse lists them. */
export const columnsOf = (className: string): Columns => ({ ...DEFAULT_COLUMNS, ...CLASS_COLUMNS[className] });
