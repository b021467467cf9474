import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../operations/context.ts';
import { findObjects } from '../../operations/queries/queries.ts';
import type { JsonObject } from '../../parse/record.ts';
import type { GraphQLClass } from '../graphql-class.ts';
import { type ObjectNode, toNode } from './object-node.ts';
import { type PageArguments, toCursor, toPage } from './pages.ts';
import { selectedAt, selectedBelow } from './selection.ts';
import { wantedOf } from './wanted.ts';

/** The arguments of a list of objects. */
export type ListArguments = PageArguments & {
  readonly where?: JsonObject | null;
  readonly order?: readonly string[] | null;
};

// `username_DESC` is `-username`.
const toOrder = (name: string): string => {
  const field = name.replace(/_(ASC|DESC)$/, '');
  return `${name.endsWith('_DESC') ? '-' : ''}${field === 'id' ? 'objectId' : field}`;
};

const DEFAULT_LIMIT = 100;

const countOf = async (className: string, where: JsonObject, context: Context): Promise<number> =>
  (await findObjects(className, { where, limit: 0, count: true }, context)).count ?? 0;

/** What the list of a class is to the resolvers of its connection. */
export type Connection = {
  readonly edges: readonly { readonly cursor: string; readonly node: ObjectNode | JsonObject }[];
  readonly pageInfo: {
    readonly hasPreviousPage: boolean | number | undefined;
    readonly hasNextPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
  readonly count: number | undefined;
};

/**
 * A page of the objects of a class. Edges are only looked for, and objects only counted, when the document asks for them; a list
 * taken from its end by `last` is counted first, and has no count when nothing is in it, as with Parse Server.
 */
export const findConnection = async (
  graphQLClass: GraphQLClass,
  where: JsonObject,
  list: ListArguments,
  info: GraphQLResolveInfo,
  context: Context,
): Promise<Connection> => {
  const { className } = graphQLClass;
  const selected = selectedBelow(info);
  const { maxLimit } = context.options;
  const page = toPage(list, maxLimit);
  const counted = page.counts ? await countOf(className, where, context) : undefined;
  const fromEnd = counted !== undefined && (page.skip ?? 0) + (page.limit ?? 0) < counted;
  const skip = fromEnd ? counted - (page.limit ?? 0) : page.skip;
  const pageInfo = selectedAt(selected, 'pageInfo');
  const wantsObjects = selected.has('edges') || selected.has('pageInfo');
  const wantsCount = selected.has('count') || pageInfo.has('hasPreviousPage') || pageInfo.has('hasNextPage');
  const limit = wantsObjects ? Math.min(page.limit ?? DEFAULT_LIMIT, maxLimit ?? Number.POSITIVE_INFINITY) : 0;
  const found = await findObjects(
    className,
    {
      where,
      order: (list.order ?? []).map(toOrder),
      limit,
      ...(skip !== undefined && { skip }),
      count: wantsCount && counted === undefined,
      ...(limit !== 0 && wantedOf(className, selectedAt(selected, 'edges', 'node'), context)),
    },
    context,
  );
  const from = skip ?? 0;
  const total = counted || found.count;
  return {
    edges: found.results.map((record, i) => ({ cursor: toCursor(from + i), node: toNode(graphQLClass, record) })),
    pageInfo: {
      hasPreviousPage: total === undefined ? undefined : total > 0 && skip !== undefined && skip > 0,
      startCursor: toCursor(from),
      endCursor: toCursor(from + (found.results.length || 1) - 1),
      hasNextPage: (total ?? Number.NaN) > from + found.results.length,
    },
    count: total,
  };
};
