import { checkValidator, type Validator } from '../../operations/functions/validators.ts';

/** A function of cloud code, whatever it takes. */
export type Handler = (...given: unknown[]) => unknown;

/** A validator of either form. */
export type AnyValidator = Validator | Handler;

/** A function or a trigger as cloud code defined it. */
export type Definition = { readonly handler: Handler; readonly validator?: AnyValidator | undefined };

/** All that cloud code defined, by name and by class; the last definition of a name counts. */
export type Definitions = {
  readonly functions: Map<string, Definition>;
  readonly jobs: Map<string, Handler>;
  /** By class, then by the name of the trigger. */
  readonly triggers: Map<string, Map<string, Definition>>;
  /** Whoever wants to hear of all events of live queries. */
  readonly liveQueryHandlers: Handler[];
  /** How often something was defined. */
  version: number;
};

/**
 * What is made of the definitions, and made again once there are others: cloud code may define late, after something that it has
 * waited for.
 */
export const fromLatest = <Made>(definitions: Definitions, make: () => Made): (() => Made) => {
  let made: { readonly version: number; readonly value: Made } | undefined;
  return () => {
    const { version } = definitions;
    if (made?.version !== version) made = { version, value: make() };
    return made.value;
  };
};

/** Nothing yet. */
export const noDefinitions = (): Definitions => ({
  functions: new Map(),
  jobs: new Map(),
  triggers: new Map(),
  liveQueryHandlers: [],
  version: 0,
});

/** The class of a name, of a `Parse.Object` or of a class of the SDK: `Parse.File` is `@File`. */
const classNameOf = (given: unknown): string => {
  const { className, name }: { className?: unknown; name?: unknown } = Object(given);
  if (typeof className === 'string') return className;
  return typeof name === 'string' ? name.replace('Parse', '@') : String(given);
};

// Parse Server throws texts.
const refuse = (text: string): never => {
  throw text;
};

const OF_USERS = new Set(['beforeLogin', 'afterLogin', 'beforePasswordResetRequest']);

const checkClass = (trigger: string, className: string): void => {
  if (trigger === 'beforeSave' && className === '_PushStatus') refuse('Only afterSave is allowed on _PushStatus');
  if (OF_USERS.has(trigger) && className !== '_User') {
    refuse('Only the _User class is allowed for the beforeLogin, afterLogin, and beforePasswordResetRequest triggers');
  }
  if (trigger === 'afterLogout' && className !== '_Session') {
    refuse('Only the _Session class is allowed for the afterLogout trigger.');
  }
  if (className === '_Session' && trigger !== 'afterLogout') {
    refuse('Only the afterLogout trigger is allowed for the _Session class.');
  }
};

// Parse Server has a name with a dot for a place among others, of which there are none, and finds none with such letters.
const isFindable = (name: string): boolean => !/['"`.]/.test(name);

type Define = (parseClass: unknown, handler: Handler, validator?: AnyValidator) => void;

/** What `Parse.Cloud` has beside the SDK's own part of it. */
export const createDefiner = (definitions: Definitions): { readonly [name: string]: (...given: never[]) => void } => {
  const put = (trigger: string, className: string, definition: Definition): void => {
    checkClass(trigger, className);
    const ofClass = definitions.triggers.get(className) ?? new Map<string, Definition>();
    definitions.triggers.set(className, ofClass.set(trigger, definition));
    definitions.version++;
  };
  const check = (validator: AnyValidator | undefined): void => {
    if (validator && typeof validator !== 'function') checkValidator(validator);
  };
  const forClass =
    (trigger: string): Define =>
    (parseClass, handler, validator) => {
      check(validator);
      put(trigger, classNameOf(parseClass), { handler, validator });
    };
  /** The class may be left out. */
  const forOneClass =
    (trigger: string, className: string) =>
    (first: Handler | string, second?: Handler): void => {
      if (typeof first === 'string' || Object.hasOwn(first, 'className'))
        put(trigger, classNameOf(first), { handler: second ?? (() => undefined) });
      else put(trigger, className, { handler: first });
    };
  return {
    define: (name: string, handler: Handler, validator?: AnyValidator) => {
      check(validator);
      if (isFindable(name)) definitions.functions.set(name, { handler, validator });
      definitions.version++;
    },
    job: (name: string, handler: Handler) => {
      if (isFindable(name)) definitions.jobs.set(name, handler);
      definitions.version++;
    },
    ...Object.fromEntries(
      ['beforeSave', 'afterSave', 'beforeDelete', 'afterDelete', 'beforeFind', 'afterFind', 'beforeSubscribe'].map(
        (trigger) => [trigger, forClass(trigger)],
      ),
    ),
    afterLiveQueryEvent: forClass('afterEvent'),
    beforeConnect: (handler: Handler, validator?: AnyValidator) => {
      check(validator);
      put('beforeConnect', '@Connect', { handler, validator });
    },
    onLiveQueryEvent: (handler: Handler) => void definitions.liveQueryHandlers.push(handler),
    beforeLogin: forOneClass('beforeLogin', '_User'),
    afterLogin: forOneClass('afterLogin', '_User'),
    beforePasswordResetRequest: forOneClass('beforePasswordResetRequest', '_User'),
    afterLogout: forOneClass('afterLogout', '_Session'),
    _removeAllHooks: () => {
      for (const map of [definitions.functions, definitions.jobs, definitions.triggers]) map.clear();
      definitions.liveQueryHandlers.length = 0;
      definitions.version++;
    },
    useMasterKey: () =>
      console.warn('Parse.Cloud.useMasterKey has no effect any more: hand over { useMasterKey: true } with each call'),
  };
};
