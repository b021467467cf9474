import { ParseError } from '../../parse/error.ts';
import type { JsonObject } from '../../parse/record.ts';
import { passesRights } from '../access/keys.ts';
import type { Context } from '../context.ts';
import {
  type Asking,
  type FindTriggers,
  findTriggersOf,
  runAfterFind,
  runBeforeFind,
  withChanges,
} from '../triggers/finding.ts';
import type { FoundObject } from '../triggers/triggers.ts';
import { complexityLimits } from './complexity.ts';
import { includePointers } from './include.ts';
import type { FindObjects, Query, Selection } from './query.ts';
import { type Found, fetchObject, type Searcher, search } from './search.ts';
import { includesOf, pathsOf } from './selection.ts';

export { MOST_HIDDEN, present, presenter, readObject } from './search.ts';

type Answer = Omit<Found, 'where'>;

/** Whose question it is: only a client's own may be answered by `beforeFind` itself. */
type Purpose = 'client' | 'server' | 'delete';

// What is read for a delete is read without the request's context, and nothing is handed on in one.
const withoutCloudContext = (context: Context): Context => ({
  ...context,
  request: { ...context.request, cloudContext: {} },
});

/** A question as it is after the search: what keys make necessary is among what it includes. */
const searched = (query: Query): Query => {
  const include = includesOf(query);
  return include.length > 0 ? { ...query, include } : query;
};

const afterFind = async (found: Found, asking: Asking, context: Context): Promise<Answer> => {
  const triggers = findTriggersOf(found.className, context);
  if (!triggers) return found;
  const asked = { ...asking, className: found.className, query: searched({ ...asking.query, where: found.where }) };
  return { ...found, results: await runAfterFind(triggers, asked, found.results, context) };
};

// What cloud code found for itself, it may have found with the master key: stored objects are read again by the caller's rights.
const visibleOf = async (
  objects: readonly FoundObject[],
  { className, query, isGet }: Asking,
  context: Context,
): Promise<readonly JsonObject[]> => {
  const ids = objects.flatMap(({ objectId }) => (typeof objectId === 'string' ? [objectId] : []));
  const [first] = ids;
  if (passesRights(context.auth) || first === undefined) return objects;
  const where = isGet ? { objectId: first } : { objectId: { $in: ids } };
  const { results } = await search(className, { ...query, where }, searcherFor(context), isGet ? 'get' : 'find');
  return results;
};

/** Asks a class, whose triggers may change the question and what is found. */
const ask = async (triggers: FindTriggers, asking: Asking, context: Context, purpose: Purpose): Promise<Answer> => {
  const { className, isGet } = asking;
  const changes = await runBeforeFind(triggers, asking, context);
  const query = changes?.query ? withChanges(asking.query, changes.query) : asking.query;
  const changed = { ...asking, query };
  if (changes?.objects && purpose === 'client') {
    const visible = await visibleOf(changes.objects, changed, context);
    return { className, results: await runAfterFind(triggers, changed, visible, context) };
  }
  const searcher = { ...searcherFor(context), operation: purpose === 'delete' ? purpose : undefined };
  const found = await search(className, query, searcher, isGet ? 'get' : 'find');
  return afterFind(found, changed, purpose === 'delete' ? withoutCloudContext(context) : context);
};

/** Asks a class on the way: for pointers that are followed, and for constraints. */
const finder =
  (context: Context): FindObjects =>
  async (className, query, isGet = false) => {
    const triggers = findTriggersOf(className, context);
    return triggers
      ? ask(triggers, { className, query, isGet }, context, 'server')
      : afterFind(await search(className, query, searcherFor(context)), { className, query, isGet }, context);
  };

// Parse Server counts there how deep it is, and what triggers put into the context is lost.
const within = (context: Context): Context => {
  const { cloudContext } = context.request;
  const depth = Number(cloudContext['_subqueryDepth'] ?? 0) + 1;
  return { ...context, request: { ...context.request, cloudContext: { ...cloudContext, _subqueryDepth: depth } } };
};

// What a subquery finds may be limited apart.
const subFinder = (context: Context): FindObjects => {
  const { subqueryLimit } = complexityLimits(context.options.requestComplexity);
  const isLimited = subqueryLimit !== -1 && !context.auth.isMaster;
  return (className, query) => {
    const limit = isLimited ? { limit: Math.min(query.limit ?? subqueryLimit, subqueryLimit) } : {};
    return finder(within(context))(className, { ...query, ...limit });
  };
};

const searcherFor = (context: Context): Searcher => ({
  context,
  include: finder(context),
  subquery: (className, query) => subFinder(context)(className, query),
});

/**
 * The objects of a class that match and that the caller may read, in order, with hidden and protected fields left out. Those of
 * a question that is redirected name their class.
 * Throws 119 where the class or a field is closed to the caller, 102 and 107 for bad constraints, 209 for sessions of nobody.
 */
export const findObjects = async (className: string, query: Query, context: Context): Promise<Answer> => {
  const triggers = findTriggersOf(className, context);
  const asking = { className, query, isGet: false };
  if (triggers) return ask(triggers, asking, context, 'client');
  return afterFind(await search(className, query, searcherFor(context)), asking, context);
};

/** An object that somebody else made, with the pointers in it followed, as far as the caller may read what they point at. */
export const followPointers = async (
  className: string,
  object: JsonObject,
  include: readonly string[],
  context: Context,
): Promise<JsonObject> => {
  const paths = pathsOf({ include }, context.schemas.get(className)?.fields ?? {});
  const [followed = object] = await includePointers([object], paths, {}, finder(context), context);
  return followed;
};

/**
 * One object; undefined when it is not there or the caller may not read it. Throws 119 where the class is closed to the caller, and
 * what triggers throw.
 */
export const seekObject = async (
  className: string,
  objectId: string,
  selection: Selection,
  context: Context,
): Promise<JsonObject | undefined> => {
  const query = { ...selection, where: { objectId } };
  const asking = { className, query, isGet: true };
  return (await ask(findTriggersOf(className, context) ?? {}, asking, context, 'client')).results[0];
};

/** One object. Throws 101 when it is not there or the caller may not read it, 119 where the class is closed to the caller. */
export const getObject = async (
  className: string,
  objectId: string,
  selection: Selection,
  context: Context,
): Promise<JsonObject> => {
  if (!findTriggersOf(className, context)) return fetchObject(className, objectId, selection, searcherFor(context));
  const object = await seekObject(className, objectId, selection, context);
  if (!object) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found.');
  return object;
};

/**
 * An object that is about to be deleted, which takes the right to delete and not the right to read. The triggers of finding run,
 * without the request's context. Throws 101 when it is not there or the caller may not delete it.
 */
export const readForDelete = async (className: string, objectId: string, given: Context): Promise<JsonObject> => {
  const context = withoutCloudContext(given);
  const asking = { className, query: { where: { objectId } }, isGet: true };
  const [object] = (await ask(findTriggersOf(className, context) ?? {}, asking, context, 'delete')).results;
  if (!object) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found for delete.');
  return object;
};
