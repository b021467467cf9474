import { roleNamesOf } from '../operations/access/role-membership.ts';
import { PUBLIC } from '../parse/acl.ts';
import { isDeepEqual } from '../parse/equality.ts';
import { type AclMap, isObject, type Json, type JsonObject } from '../parse/record.ts';
import type { Change } from './change.ts';
import { matchesLiveQuery } from './matches.ts';
import { type Around, checkClass, hiddenFieldsOf, isPointedAt, type Listener, mayRead, operationOf } from './rights.ts';

/** What happened to an object, seen from a subscription. */
export type EventName = 'create' | 'enter' | 'update' | 'leave' | 'delete';

/** What a subscription hears. */
export type LiveEvent = {
  readonly event: EventName;
  readonly object: JsonObject;
  readonly original?: JsonObject | undefined;
};

/** Whether the object matched before and matches now, whoever asks. */
export type Match = { readonly before: boolean; readonly now: boolean };

/** @throws TypeError where an object and the query cannot be compared */
export const matchOf = ({ kind, object, original }: Change, where: JsonObject): Match => ({
  before: kind === 'save' && original !== undefined && matchesLiveQuery(original, where),
  now: matchesLiveQuery(object, where),
});

/** A subscription, as far as rights go. */
export type Ear = Listener & { readonly where: JsonObject; readonly watch: readonly string[] | undefined };

const isWatched = ({ object, original }: Change, watch: readonly string[] | undefined): boolean =>
  !watch || watch.some((name) => !isDeepEqual(object[name], original?.[name]));

const nameOf = (before: boolean, now: boolean, isNew: boolean): EventName | undefined => {
  if (before) return now ? 'update' : 'leave';
  if (!now) return undefined;
  return isNew ? 'create' : 'enter';
};

/** A save. Who lost the right to read an object hears of it as it was; who gained it does not hear how it was. */
const eventOfSave = (change: Change, match: Match, ear: Ear, around: Around): LiveEvent | undefined => {
  const { object, original } = change;
  const may = (one: JsonObject): boolean => mayRead(one, ear, around);
  const before = match.before && original !== undefined && may(original);
  const now = match.now && may(object);
  const event = nameOf(before, now, original === undefined);
  if (!event) return undefined;
  if ((event === 'update' || event === 'create') && !isWatched(change, ear.watch)) return undefined;
  if (event === 'leave') return { event, object: !match.now && may(object) ? object : (original ?? object), original };
  if (event === 'enter')
    return { event, object, original: !match.before && original && may(original) ? original : undefined };
  return { event, object, original };
};

/**
 * What a subscription hears of a change, before protected fields are taken away; undefined for nothing.
 * @throws ParseError where the class is closed to the listener
 */
export const eventOf = (change: Change, match: Match, ear: Ear, around: Around): LiveEvent | undefined => {
  const { className, kind, object } = change;
  if (kind === 'delete' && !match.now) return undefined;
  const operation = operationOf(ear.where);
  const userId = around.userIdOf(ear.sessionToken);
  checkClass(className, operation, userId, around);
  if (!isPointedAt(className, object, operation, { userId, hasMasterKey: ear.hasMasterKey }, around)) return undefined;
  if (kind === 'save') return eventOfSave(change, match, ear, around);
  return mayRead(object, ear, around) ? { event: 'delete', object } : undefined;
};

const without = (object: JsonObject, hidden: (name: string) => boolean): JsonObject => {
  const shown: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(object)) if (!name.startsWith('_') && !hidden(name)) shown[name] = value;
  return shown;
};

// Parse Server knows a listener's roles only once an ACL has made it look them up.
const asksForRoles = (object: JsonObject, userId: string | undefined): boolean => {
  const acl = isObject(object['ACL']) ? (object['ACL'] as AclMap) : undefined;
  if (!acl || acl[PUBLIC]?.read || (userId !== undefined && acl[userId]?.read)) return false;
  return Object.keys(acl).some((subject) => subject.startsWith('role:'));
};

/** The event without what the listener may not see: protected fields, and of other users their authData. */
export const lift = (
  { event, object, original }: LiveEvent,
  className: string,
  ear: Ear,
  around: Around,
): LiveEvent => {
  const userId = around.userIdOf(ear.sessionToken);
  const asked = [object, original].some((one) => one !== undefined && asksForRoles(one, userId));
  const roles = userId !== undefined && asked ? roleNamesOf(userId, around.store).map((name) => `role:${name}`) : [];
  const fields = ear.hasMasterKey ? [] : hiddenFieldsOf(className, ear.where, userId, roles, around);
  const isUsers = className === '_User';
  const show = (one: JsonObject): JsonObject => {
    const isOwn = isUsers && userId !== undefined && one['objectId'] === userId;
    const hidesAuthData = isUsers && !ear.hasMasterKey && !isOwn;
    return without(
      one,
      (name) =>
        (isUsers && (name === 'sessionToken' || name === 'password')) ||
        (hidesAuthData && name === 'authData') ||
        (!isOwn && fields.includes(name)),
    );
  };
  return { event, object: show(object), ...(original && { original: show(original) }) };
};

const ALWAYS = ['className', 'objectId', 'updatedAt', 'createdAt', 'ACL'];

/** The fields of an object that a subscription asks for. */
export const selectFields = (object: JsonObject, keys: readonly string[] | undefined): JsonObject =>
  keys
    ? Object.fromEntries([...ALWAYS, ...keys].flatMap((name) => (name in object ? [[name, object[name] as Json]] : [])))
    : object;
