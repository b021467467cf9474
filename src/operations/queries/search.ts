import { isDeepEqual } from '../../parse/equality.ts';
import { INVALID_TOKEN, ParseError, permissionDenied, refusal } from '../../parse/error.ts';
import { isObject, type JsonObject, type ParseRecord, type Pointer, toPointer } from '../../parse/record.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { compileOrder } from '../../parse/where/order.ts';
import { textScore } from '../../parse/where/text.ts';
import { compileWhere, validateWhere } from '../../parse/where/where.ts';
import { freeze } from '../../store/frozen.ts';
import { accessTo } from '../access/access.ts';
import { checkClassAccess } from '../access/class-access.ts';
import { passesRights } from '../access/keys.ts';
import type { Context } from '../context.ts';
import { withFileUrls } from '../files/files.ts';
import { candidatesOf } from './candidates.ts';
import { checkComplexity } from './complexity.ts';
import { includePointers } from './include.ts';
import type { Findings, FindObjects, Query, Selection } from './query.ts';
import { pathsOf, selector } from './selection.ts';
import { hasSubqueries, resolveRelations, resolveSubqueries } from './subqueries.ts';
import { type FieldMask, fieldMaskOf, shownOf } from './visibility.ts';

// Sessions are their owner's affair, whatever their ACL says. Returns the owner that they must be of, where it matters.
const ownerOfSessions = (className: string, context: Context): Pointer | undefined => {
  if (className !== '_Session' || context.auth.isMaster) return undefined;
  const { user } = context.auth;
  if (!user) throw permissionDenied(INVALID_TOKEN, 'INVALID_SESSION_TOKEN', 'sessionMissing');
  return toPointer('_User', user.objectId);
};

const restrict = (where: JsonObject, owner: Pointer | undefined): JsonObject =>
  owner ? { $and: [where, { user: owner }] } : where;

const rootOf = (name: string): string => (name.includes('.') ? (name.split('.')[0] ?? name) : name);

/** The first name by which a constraint, or a branch of it, asks for one of the fields. */
const askedFor = (fields: readonly string[], where: JsonObject): string | undefined => {
  for (const name in where) {
    const value = where[name];
    const isLogical = (name === '$or' || name === '$and' || name === '$nor') && Array.isArray(value);
    if (!isLogical && fields.includes(rootOf(name))) return name;
    const members = isLogical ? value.filter(isObject) : [];
    for (const member of members) {
      const found = askedFor(fields, member);
      if (found !== undefined) return found;
    }
  }
  return undefined;
};

const fieldProtected = (doing: string, name: string, className: string): ParseError =>
  permissionDenied(
    `This user is not allowed to ${doing} ${name} on class ${className}`,
    'OPERATION_FORBIDDEN',
    'fieldProtected',
  );

const checkProtected = (
  className: string,
  where: JsonObject,
  order: readonly string[],
  { fields }: FieldMask,
  { options }: Context,
): void => {
  if (fields.length === 0) return;
  const isEverywhere = behaviourOf(options).protectedFieldsCount === 'everywhere';
  const asked = isEverywhere ? askedFor(fields, where) : fields.find((name) => where[name]);
  if (asked !== undefined) throw fieldProtected('query', asked, className);
  if (!isEverywhere) return;
  const sorted = order.map((name) => name.replace(/^-/, '')).find((name) => fields.includes(rootOf(name)));
  if (sorted !== undefined) throw fieldProtected('sort by', sorted, className);
};

/** The id, where a question is for one object by its id alone. */
const onlyId = (where: JsonObject): string | undefined => {
  const { objectId } = where;
  if (typeof objectId !== 'string') return undefined;
  for (const name in where) if (name !== 'objectId') return undefined;
  return objectId;
};

/** So many objects that stay hidden are counted for a notice; a query of a large class must not grow slow by it. */
export const MOST_HIDDEN = 1000;

const EVERY = (): boolean => true;

// What is asked for by its id alone was found by it, and need not be looked at again.
const matcherOf = (className: string, where: JsonObject, context: Context): ((record: ParseRecord) => boolean) => {
  if (onlyId(where) !== undefined) return EVERY;
  validateWhere(where, { isMaster: passesRights(context.auth) });
  return compileWhere(where, context.schemas.get(className), context.clock.now());
};

const matchesOf = (
  className: string,
  where: JsonObject,
  operation: 'find' | 'get' | 'count' | 'delete',
  context: Context,
): ParseRecord[] => {
  const may = accessTo(className, operation, context);
  const matches = matcherOf(className, where, context);
  const found: ParseRecord[] = [];
  let hidden = 0;
  for (const record of candidatesOf(className, where, context)) {
    if (!may(record)) {
      if (context.notice && hidden < MOST_HIDDEN && matches(record)) hidden += 1;
    } else if (matches(record)) found.push(record);
  }
  if (hidden > 0) context.notice?.({ className, visible: found.length, hidden });
  return found;
};

/** Makes of the objects of a class what the caller sees of them, before includes and keys. */
export const presenter = (
  className: string,
  mask: FieldMask,
  context: Context,
): ((record: ParseRecord) => JsonObject) => {
  const { relations, hasFiles } = shownOf(context.schemas.get(className));
  return (record) => {
    const seen = mask.apply(freeze(record));
    const own = hasFiles ? withFileUrls(seen, context) : seen;
    return relations ? { ...own, ...relations } : own;
  };
};

/** An object of a class as the caller sees it: internal and protected fields are left out. */
export const present = (className: string, record: ParseRecord, context: Context): JsonObject =>
  presenter(className, fieldMaskOf(className, context), context)(record);

/** What a search needs beside the question: who asks, and how other classes are asked on the way. */
export type Searcher = {
  readonly context: Context;
  /** For pointers that are followed. */
  readonly include: FindObjects;
  /** For constraints that ask another class. */
  readonly subquery: FindObjects;
  /** The right that finding an object takes, where that is not the right to read it. */
  readonly operation?: 'delete' | undefined;
};

const finish = async (
  className: string,
  records: readonly ParseRecord[],
  mask: FieldMask,
  selection: Selection & Pick<Query, 'where'>,
  { context, include }: Searcher,
): Promise<readonly JsonObject[]> => {
  const fields = context.schemas.get(className)?.fields ?? {};
  const [show, select] = [presenter(className, mask, context), selector(selection, fields)];
  const scoreOf = selection.keys?.includes('$score') ? textScore(selection.where ?? {}) : undefined;
  const objects = records.map((record) => {
    const object = select(show(record));
    return scoreOf ? { ...object, score: scoreOf(record) } : object;
  });
  const paths = pathsOf(selection, fields);
  return paths.length > 0 ? includePointers(objects, paths, selection, include, context) : objects;
};

// Objects are found the oldest first, and may be of the same millisecond: then that order decides.
const isNewestFirst = (name: string): boolean => name === '-createdAt' || name === '-updatedAt';

/** The class that a question is for in the end. Only relations redirect it. */
const redirect = (className: string, key: string | undefined, { schemas }: Context): string => {
  const fields = schemas.get(className)?.fields ?? {};
  const field = key && Object.hasOwn(fields, key) ? fields[key] : undefined;
  return (field?.type === 'Relation' && field.targetClass) || className;
};

const pageOf = (
  className: string,
  where: JsonObject,
  query: Query,
  { context, operation }: Searcher,
): readonly ParseRecord[] => {
  const { order = [], skip = 0, limit } = query;
  const isGet = query.isGet ?? onlyId(where) !== undefined;
  const matches = matchesOf(className, where, operation ?? (isGet ? 'get' : 'find'), context);
  const found = order.some(isNewestFirst) ? matches.reverse() : matches;
  const sorted = order.length === 0 && found.length < 2 ? found : (compileOrder(order, where)?.(found) ?? found);
  return skip === 0 && limit === undefined
    ? sorted
    : sorted.slice(skip, limit === undefined ? undefined : skip + limit);
};

/** What a search found; `where` has the answers of other classes in place of the questions to them. */
export type Found = Findings & { readonly where: JsonObject; readonly count?: number };

/**
 * The objects of a class that match and that the caller may read, in order, with hidden and protected fields left out. Those of
 * a question that is redirected name their class. No trigger of the class runs.
 * Throws 119 where the class or a field is closed to the caller, 102 and 107 for bad constraints, 209 for sessions of nobody.
 */
export const search = async (
  asked: string,
  query: Query,
  searcher: Searcher,
  method: 'find' | 'get' = query.isGet ? 'get' : 'find',
): Promise<Found> => {
  const { context, subquery } = searcher;
  const className = redirect(asked, query.redirectClassNameForKey, context);
  checkClassAccess(method, asked, context);
  if (query.explain && !context.auth.isMaster) {
    throw refusal('masterKeyMissing', 'INVALID_QUERY', 'Using the explain query parameter requires the master key');
  }
  checkComplexity(query, context);
  let own = restrict(query.where ?? {}, ownerOfSessions(asked, context));
  if (className !== asked) {
    checkClassAccess(method, className, context);
    own = restrict(own, ownerOfSessions(className, context));
  }
  const whole = hasSubqueries(own) ? await resolveSubqueries(own, subquery) : own;
  const where = resolveRelations(className, whole, context);
  const mask = fieldMaskOf(className, context);
  const wantsObjects = query.limit === undefined || query.limit > 0;
  checkProtected(className, where, wantsObjects ? (query.order ?? []) : [], mask, context);
  const page = wantsObjects ? pageOf(className, where, query, searcher) : [];
  const shown = await finish(className, page, mask, query, searcher);
  const results = query.redirectClassNameForKey ? shown.map((object) => ({ ...object, className })) : shown;
  const found = { className, results, where: whole };
  return query.count ? { ...found, count: matchesOf(className, where, 'count', context).length } : found;
};

const readRecord = (className: string, objectId: string, context: Context): ParseRecord => {
  checkClassAccess('get', className, context);
  const owner = ownerOfSessions(className, context);
  const may = accessTo(className, 'get', context);
  const record = context.store.get(className, objectId);
  const isOwn = record && (!owner || isDeepEqual(record['user'], owner));
  if (record && !(isOwn && may(record))) context.notice?.({ className, visible: 0, hidden: 1 });
  if (!record || !isOwn || !may(record)) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
  return record;
};

/** One object as the caller sees it, at once: no trigger runs, no pointer is followed. Throws as `getObject` does. */
export const readObject = (className: string, objectId: string, context: Context): JsonObject =>
  present(className, readRecord(className, objectId, context), context);

/** One object with what is selected of it. No trigger of the class runs. Throws as `getObject` does. */
export const fetchObject = async (
  className: string,
  objectId: string,
  selection: Selection,
  searcher: Searcher,
): Promise<JsonObject> => {
  const { context } = searcher;
  checkClassAccess('get', className, context);
  checkComplexity(selection, context);
  const record = readRecord(className, objectId, context);
  const [object = {}] = await finish(className, [record], fieldMaskOf(className, context), selection, searcher);
  return object;
};
