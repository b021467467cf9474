import type { Query } from '../../../operations/queries/query.ts';
import type { FindChanges, FindRequest, FoundObject, FoundRequest } from '../../../operations/triggers/triggers.ts';
import { toJsonObject } from '../../../parse/json.ts';
import { isObject as isJsonObject } from '../../../parse/record.ts';
import type { SdkObject, SdkQuery } from '../parse-sdk.ts';
import { type Lender, type Prepared, toCommon, toFound, toObject } from './requests.ts';

const LISTS = ['keys', 'include', 'excludeKeys', 'order'] as const;

/** A query as the SDK reads it. */
const toSdkQuery = ({ parse }: Lender, className: string, { where = {}, ...query }: Query): SdkQuery => {
  const lists = LISTS.flatMap((name) => {
    const list = query[name];
    return list ? [[name, list.join(',')]] : [];
  });
  const { limit, skip, readPreference, includeReadPreference, subqueryReadPreference } = query;
  const sdkQuery = new parse.Query(className);
  sdkQuery.withJSON({
    where: structuredClone(where),
    ...Object.fromEntries(lists),
    ...(limit !== undefined && { limit }),
    ...(skip !== undefined && { skip }),
    ...(readPreference && { readPreference }),
    ...(includeReadPreference && { includeReadPreference }),
    ...(subqueryReadPreference && { subqueryReadPreference }),
  });
  return sdkQuery;
};

const listIn = (value: unknown): readonly string[] | undefined =>
  typeof value === 'string' && value !== '' ? value.split(',') : undefined;

/** What of a query counts: a limit and a skip of 0 do not, as in Parse Server. */
const fromSdkQuery = (query: SdkQuery): Query => {
  const json = toJsonObject(query.toJSON());
  const { where, limit, skip } = json;
  const lists = LISTS.flatMap((name) => {
    const list = listIn(json[name]);
    return list ? [[name, list] as const] : [];
  });
  return {
    ...(isJsonObject(where) && { where }),
    ...(typeof limit === 'number' && limit && { limit }),
    ...(typeof skip === 'number' && skip && { skip }),
    ...Object.fromEntries(lists),
  };
};

/** A request before a search, and how its outcome is read. */
export const beforeFindRequest = (lender: Lender, request: FindRequest): Prepared<FindChanges> => {
  const { parse } = lender;
  const query = toSdkQuery(lender, request.className, request.query);
  const isObject = (value: unknown): value is SdkObject => value instanceof parse.Object;
  return {
    request: { ...toCommon(lender, request), query, count: request.count, isGet: request.isGet },
    answer: (result: unknown): FindChanges => {
      if (isObject(result)) return { objects: [toFound(lender, result)] };
      if (Array.isArray(result) && result.every(isObject)) {
        return { objects: result.map((object) => toFound(lender, object)) };
      }
      return { query: fromSdkQuery(result instanceof parse.Query ? result : query) };
    },
  };
};

// What is not a list fails as in Parse Server.
const toList = (response: unknown): readonly SdkObject[] => Object(response).map((member: SdkObject) => member);

/** A request after a search, and how its outcome is read. */
export const afterFindRequest = (lender: Lender, request: FoundRequest): Prepared<readonly FoundObject[]> => {
  const objects = request.objects.map((json) => {
    const { className = request.className } = json;
    return toObject(lender, String(className), json);
  });
  const query = toSdkQuery(lender, request.className, request.query);
  return {
    request: { ...toCommon(lender, request), object: null, query, objects, isGet: request.isGet },
    answer: (result: unknown): readonly FoundObject[] =>
      toList(result || objects).map((object) =>
        typeof Object(object).toJSON === 'function' ? toFound(lender, object) : {},
      ),
  };
};
