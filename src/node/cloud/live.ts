import type { LiveQuery } from '../../live/frames.ts';
import type { EventChanges, EventRequest, LiveRequest, LiveTriggers, SubscribeRequest } from '../../live/triggers.ts';
import { toJsonObject } from '../../parse/json.ts';
import { isObject, isPresent, type JsonObject } from '../../parse/record.ts';
import type { Definition, Definitions } from './definitions.ts';
import type { SdkObject } from './parse-sdk.ts';
import { type Lender, toFound, toObject, toUser } from './requests/requests.ts';
import { checkDefinition, type RunCode } from './triggers.ts';

type Told = { [name: string]: unknown };

const toTold = ({ user, ...request }: LiveRequest, lender: Lender): Told => ({
  ...request,
  ...(user && { user: toUser(lender, user) }),
});

/** Lists of names, which the SDK joins with commas. */
const toNames = (given: unknown): readonly string[] | undefined => {
  if (typeof given === 'string') return given.split(',');
  return Array.isArray(given) ? given.map(String) : undefined;
};

const isSdkObject = (value: unknown): value is SdkObject => typeof Object(value).toJSON === 'function';

/** Runs a trigger, if its validator lets it, and hands out the request as the code has left it. */
const runTrigger = async (definition: Definition, told: Told, lender: Lender): Promise<Told> => {
  if (!(await checkDefinition(definition, told, lender))) await definition.handler(told);
  return told;
};

/** What `beforeSubscribe` makes of a query. */
const toQuery = async (definition: Definition, request: SubscribeRequest, lender: Lender): Promise<LiveQuery> => {
  const { className } = request.query;
  const query = new lender.parse.Query(className);
  query.withJSON(request.query);
  const left = await runTrigger(definition, { ...toTold(request, lender), query }, lender);
  const { where, keys, watch } = toJsonObject(Object(left['query']).toJSON());
  const [shown, watched] = [toNames(keys), toNames(watch)];
  return {
    className,
    where: isObject(where) ? where : {},
    ...(shown && { keys: shown }),
    ...(watched && { watch: watched }),
  };
};

const toEventObject = (className: string, value: unknown, lender: Lender): JsonObject =>
  isSdkObject(value) ? { ...toFound(lender, value), className } : toJsonObject(Object(value));

/** What `afterLiveQueryEvent` makes of an event. */
const toChanges = async (
  definition: Definition,
  className: string,
  request: EventRequest,
  lender: Lender,
): Promise<EventChanges> => {
  const { object, original } = request;
  const told = {
    ...toTold(request, lender),
    object: toObject(lender, className, object),
    ...(original && { original: toObject(lender, className, original) }),
    sendEvent: true,
  };
  const left = await runTrigger(definition, told, lender);
  return {
    event: String(left['event']) as EventRequest['event'],
    object: toEventObject(className, left['object'], lender),
    ...(isPresent(left['original']) && { original: toEventObject(className, left['original'], lender) }),
    sendEvent: Boolean(left['sendEvent']),
  };
};

/** The triggers of live queries that cloud code defined. */
export const createLiveTriggers = (
  { triggers, liveQueryHandlers }: Definitions,
  lender: Lender,
  run: RunCode,
): LiveTriggers => {
  const find = (className: string, name: string): Definition | undefined => triggers.get(className)?.get(name);
  return {
    get beforeConnect() {
      const connect = find('@Connect', 'beforeConnect');
      if (!connect) return undefined;
      return (request: LiveRequest) =>
        run('beforeConnect', async () => void (await runTrigger(connect, toTold(request, lender), lender)));
    },
    beforeSubscribe: (className) => {
      const definition = find(className, 'beforeSubscribe');
      return (
        definition && ((request) => run(`beforeSubscribe ${className}`, () => toQuery(definition, request, lender)))
      );
    },
    afterLiveQueryEvent: (className) => {
      const definition = find(className, 'afterEvent');
      return (
        definition &&
        ((request) => run(`afterLiveQueryEvent ${className}`, () => toChanges(definition, className, request, lender)))
      );
    },
    onLiveQueryEvent: (notice) => {
      for (const handler of liveQueryHandlers) handler(notice);
    },
  };
};
