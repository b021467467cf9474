import type { FunctionRequest } from '../../options/adapters.ts';
import type { Options } from '../../options/table.ts';
import { toJson } from '../../parse/json.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { Store } from '../../store/store.ts';
import { allHooks, type Hook, hooksVersion } from '../hooks.ts';
import type {
  ClassTriggers,
  FieldChanges,
  ObjectRequest,
  SavedAnswer,
  SaveRequest,
  TriggerRequest,
  TriggerTable,
} from '../triggers/triggers.ts';
import { encodeResult } from './result.ts';
import type { FunctionTable, NamedFunction } from './table.ts';

type Settings = Pick<Options, 'webhookKey' | 'remoteWebhooks'>;

const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;

const checkAddress = (url: string, { remoteWebhooks }: Settings): void => {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (remoteWebhooks || LOOPBACK.test(host)) return;
  throw new Error(
    `Failed to call the webhook ${url}: it is not on this machine. The option remoteWebhooks lets it be called`,
  );
};

/** Asks a webhook. Resolves with its `success`; throws its `error`. */
const ask = async (url: string, told: JsonObject, settings: Settings): Promise<Json | undefined> => {
  checkAddress(url, settings);
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(settings.webhookKey !== undefined && { 'X-Parse-Webhook-Key': settings.webhookKey }),
    },
    body: JSON.stringify(told),
  });
  const text = await response.text();
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    const malformed: unknown = { error: 'Malformed response', code: -1, partialResponse: text.slice(0, 100) };
    throw malformed;
  }
  if (!isObject(answer)) return undefined;
  if (answer['error']) throw answer['error'];
  return answer['success'];
};

const toNamed = (url: string, settings: Settings): NamedFunction => ({
  hasResponse: false,
  encode: (result) => encodeResult(result),
  run: ({ log, ...request }: FunctionRequest) => ask(url, Object(toJson(request)), settings),
});

const withClass = (object: JsonObject, className: string): JsonObject => ({ ...object, className });

const toTold = (request: TriggerRequest & Partial<SaveRequest>): JsonObject => {
  const { className, object, original, fields, isBareUser, ...common } = request;
  return {
    ...Object(toJson(common)),
    ...(object && { object: withClass(object, className) }),
    ...(original && { original: withClass(original, className) }),
  };
};

const BOOKKEEPING: ReadonlySet<string> = new Set(['objectId', 'createdAt', 'updatedAt', 'className']);

/** The object that a webhook answers before a save stands for all that is written. */
const toChanges = (answer: Json | undefined, fields: JsonObject): FieldChanges => {
  if (!isObject(answer)) return {};
  const left = Object.entries(answer).filter(([name]) => !BOOKKEEPING.has(name));
  const taken = Object.keys(fields).filter((name) => !Object.hasOwn(answer, name));
  return Object.fromEntries([...taken.map((name) => [name, undefined] as const), ...left]);
};

const toTrigger = (triggerName: string, url: string, settings: Settings): ClassTriggers => {
  const call = (request: TriggerRequest): Promise<Json | undefined> => ask(url, toTold(request), settings);
  const aside = async (request: ObjectRequest): Promise<undefined> => void (await call(request));
  switch (triggerName) {
    case 'beforeSave':
      return { beforeSave: async (request) => toChanges(await call(request), request.fields) };
    case 'afterSave':
      return {
        afterSave: async (request): Promise<SavedAnswer | undefined> => {
          const answer = await call(request);
          return isObject(answer) ? { answer } : undefined;
        },
      };
    case 'beforeFind':
      return { beforeFind: async (request) => void (await call(request)) };
    case 'afterFind':
      return {
        afterFind: async (request) => {
          const answer = await call(request);
          return Array.isArray(answer) ? answer.filter(isObject) : undefined;
        },
      };
    default:
      return { [triggerName]: aside };
  }
};

/** What of the hooks is kept until one changes. */
const createReader = <Value>(store: Store, read: (hooks: readonly Hook[]) => Value): (() => Value) => {
  let known: { readonly version: number; readonly value: Value } | undefined;
  return () => {
    const version = hooksVersion(store);
    if (known?.version !== version) known = { version, value: read(allHooks(store)) };
    return known.value;
  };
};

/** The functions of the application, and before them those that are webhooks. */
export const withFunctionHooks = (table: FunctionTable, store: Store, settings: Settings): FunctionTable => {
  const hooked = createReader(
    store,
    (hooks) =>
      new Map(
        hooks.flatMap((hook) => ('functionName' in hook ? [[hook.functionName, toNamed(hook.url, settings)]] : [])),
      ),
  );
  let known:
    | {
        readonly own: readonly string[];
        readonly hooks: ReadonlyMap<string, unknown>;
        readonly names: readonly string[];
      }
    | undefined;
  return {
    ...table,
    find: (name) => hooked().get(name) ?? table.find(name),
    names: () => {
      const [own, hooks] = [table.names(), hooked()];
      if (hooks.size === 0) return own;
      if (known?.own !== own || known.hooks !== hooks) {
        known = { own, hooks, names: [...new Set([...own, ...hooks.keys()])] };
      }
      return known.names;
    },
  };
};

/** The triggers of the application, and in their place those that are webhooks. */
export const withTriggerHooks = (table: TriggerTable, store: Store, settings: Settings): TriggerTable => {
  const hooked = createReader(store, (hooks) => {
    const triggers = new Map<string, ClassTriggers>();
    for (const hook of hooks) {
      if (!('triggerName' in hook)) continue;
      const { className, triggerName, url } = hook;
      triggers.set(className, { ...triggers.get(className), ...toTrigger(triggerName, url, settings) });
    }
    return triggers;
  });
  return {
    of: (className) => {
      const own = table.of(className);
      const hooks = hooked().get(className);
      return hooks ? { ...own, ...hooks } : own;
    },
    get files() {
      return table.files;
    },
  };
};
