import { columnsOf } from '../../../parse/classes/columns.ts';
import { isObject, type Json, type JsonObject } from '../../../parse/record.ts';
import { PARSE_VERSIONS } from '../../../parse/versions/versions.ts';
import { badAnswer } from '../failures.ts';
import { profileOf } from '../profile.ts';
import type { Remote } from '../remote.ts';
import type { Anonymize } from './anonymous.ts';

/** A class as REST `/schemas` has it. */
export type PulledClass = JsonObject & {
  /** The name of the class. */
  readonly className: string;
  /** Its fields, by name. */
  readonly fields: JsonObject;
};

/** What can be seen of a Parse Server from outside, in the form of a configuration of the emulator's. */
export type Picture = {
  /** The version that the emulator can be which is nearest to it: `9.10`. */
  readonly parseVersion: string;
  /** The application id of the server. */
  readonly appId: string;
  /** Which classes GraphQL shows, and how, where that was configured. */
  readonly graphQLConfig?: JsonObject;
  /** Parameters of `Parse.Config`; what the master key alone may read is made anonymous. */
  readonly parameters?: {
    /** The values, by name. */
    readonly params: JsonObject;
    /** Whether the master key alone may read it, by name. */
    readonly masterKeyOnly: JsonObject;
  };
  /** The classes, with their fields, permissions and indexes. */
  readonly schemas: readonly PulledClass[];
};

/** Classes of what a running server keeps for itself. */
const OWN = new Set(['_Session', '_PushStatus', '_JobStatus', '_JobSchedule', '_Hooks', '_Audience', '_Idempotency']);

const VERSION = /^\d+\.\d+\.\d+/;

const readVersion = async (remote: Remote): Promise<string> => {
  const version = String((await remote.get('/serverInfo'))['parseServerVersion']);
  if (!VERSION.test(version)) {
    throw badAnswer(
      `${remote.url}/serverInfo`,
      'it does not say which version of Parse Server it is, as every Parse Server does',
    );
  }
  return profileOf(version, PARSE_VERSIONS);
};

/** Objects with their names in order, so that a picture is the same text each time. */
const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
};

const isClass = (value: Json): value is PulledClass =>
  isObject(value) && typeof value['className'] === 'string' && isObject(value['fields']);

/** A class without the fields that it has anyway, and without what only its database says of it. */
const toClass = ({ className, fields, classLevelPermissions, indexes }: PulledClass): PulledClass => {
  const builtIn = columnsOf(className);
  const own = Object.entries(fields).filter(([name]) => !Object.hasOwn(builtIn, name));
  const named = isObject(indexes) ? Object.entries(indexes).filter(([name]) => name !== '_id_') : [];
  return {
    className,
    fields: sorted(Object.fromEntries(own)) as JsonObject,
    ...(classLevelPermissions !== undefined && { classLevelPermissions: sorted(classLevelPermissions) }),
    ...(named.length > 0 && { indexes: sorted(Object.fromEntries(named)) }),
  };
};

const readClasses = async (remote: Remote): Promise<readonly PulledClass[]> => {
  const { results } = await remote.get('/schemas');
  if (!Array.isArray(results) || !results.every(isClass)) {
    throw badAnswer(`${remote.url}/schemas`, 'it lists no classes, as every Parse Server does');
  }
  return results
    .filter(({ className }) => !OWN.has(className))
    .map(toClass)
    .sort((one, other) => (one.className < other.className ? -1 : 1));
};

const membersOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const readParameters = async (remote: Remote, anonymize: Anonymize): Promise<Picture['parameters']> => {
  const { params, masterKeyOnly } = await remote.get('/config');
  const hidden = membersOf(masterKeyOnly);
  const shown = Object.entries(membersOf(params)).map(([name, value]): [string, Json] => [
    name,
    hidden[name] === true ? anonymize.value('_GlobalConfig', name, value) : value,
  ]);
  if (shown.length === 0) return undefined;
  return { params: sorted(Object.fromEntries(shown)) as JsonObject, masterKeyOnly: sorted(hidden) as JsonObject };
};

/** The configuration of GraphQL, without what is not set. */
const readGraphQLConfig = async (remote: Remote): Promise<JsonObject | undefined> => {
  const config = await remote.find('/graphql-config');
  const set = Object.entries(config ?? {}).filter(([, value]) => value !== null);
  return set.length > 0 ? (sorted(Object.fromEntries(set)) as JsonObject) : undefined;
};

/** Reads what can be seen of a Parse Server; nothing is written. Rejects with one message for another kind of server. */
export const readPicture = async (remote: Remote, anonymize: Anonymize): Promise<Picture> => {
  const parseVersion = await readVersion(remote);
  const schemas = await readClasses(remote);
  const parameters = await readParameters(remote, anonymize);
  const graphQLConfig = await readGraphQLConfig(remote);
  return {
    parseVersion,
    appId: remote.appId,
    ...(graphQLConfig && { graphQLConfig }),
    ...(parameters && { parameters }),
    schemas,
  };
};
