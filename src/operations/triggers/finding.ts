import type { JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import type { Query } from '../queries/query.ts';
import { runTrigger, toTriggerRequest } from './run.ts';
import type { ClassTriggers, FindChanges, FoundObject } from './triggers.ts';

/** The triggers of a class that run when it is searched. */
export type FindTriggers = Pick<ClassTriggers, 'beforeFind' | 'afterFind'>;

/** A question on its way through the triggers. */
export type Asking = { readonly className: string; readonly query: Query; readonly isGet: boolean };

/** The triggers that run when a class is searched; undefined when there are none. */
export const findTriggersOf = (className: string, { triggers }: Context): FindTriggers | undefined => {
  const found = triggers.of(className);
  return found && (found.beforeFind || found.afterFind) ? found : undefined;
};

/** The question with what a trigger changed. The constraints are replaced; other parts only by what says something. */
export const withChanges = (query: Query, { where, count: _, ...others }: Query): Query => ({
  ...query,
  ...(where && { where }),
  ...Object.fromEntries(Object.entries(others).filter(([, value]) => Boolean(value))),
});

/** What `beforeFind` makes of a question; undefined when it changes nothing. */
export const runBeforeFind = async (
  { beforeFind }: FindTriggers,
  { className, query, isGet }: Asking,
  context: Context,
): Promise<FindChanges | undefined> => {
  if (!beforeFind) return undefined;
  const { count: counts = false, isGet: _, ...shown } = query;
  const request = {
    ...toTriggerRequest('beforeFind', className, context),
    query: { where: {}, ...shown },
    count: counts,
    isGet,
  };
  return (await runTrigger(beforeFind, request, context)) ?? undefined;
};

/** What `afterFind` makes of what was found. With such a trigger REST tells the class of each object. */
export const runAfterFind = async (
  { afterFind }: FindTriggers,
  { className, query, isGet }: Asking,
  found: readonly FoundObject[],
  context: Context,
): Promise<readonly JsonObject[]> => {
  if (!afterFind) return found;
  const objects = found.map((object) => ({ className, ...object }));
  const { count = false, isGet: _, ...shown } = query;
  const request = { ...toTriggerRequest('afterFind', className, context), query: shown, count, isGet, objects };
  return (await runTrigger(afterFind, request, context)) ?? objects;
};
