import { refusal } from '../../parse/error.ts';
import { toJson, toJsonObject } from '../../parse/json.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { askingUser, withoutSecrets } from '../asking-user.ts';
import type { Context } from '../context.ts';
import { toThrown, type Unsaid } from '../thrown.ts';
import type { AdapterLender } from './lender.ts';
import type { AskedOf, AuthProvider, AuthStep, AuthVerdict } from './provider.ts';

type Member = (...given: unknown[]) => unknown;

/** Those members of a module that Parse Server takes; a `beforeFind` of one's own is never called. */
const MEMBERS = [
  'validateAuthData',
  'validateAppId',
  'validateSetUp',
  'validateLogin',
  'validateUpdate',
  'challenge',
  'validateOptions',
  'policy',
  'afterFind',
] as const;

type Adapter = { [Name in (typeof MEMBERS)[number]]?: unknown };

/** The setting of a provider with code of its own. */
export type AdapterSettings = { readonly module: unknown; readonly appIds?: unknown; readonly [name: string]: unknown };

/** Whether a setting names code. */
export const hasModule = (setting: unknown): setting is AdapterSettings =>
  isObject(setting) &&
  (Object.hasOwn(setting, 'module') || MEMBERS.some((name) => typeof setting[name] === 'function'));

const isFunction = (value: unknown): value is Member => typeof value === 'function';

/** A function is called with the settings, and a class is made with `new`. */
const instantiate = (module: unknown, settings: AdapterSettings): unknown => {
  if (!isFunction(module)) return module;
  try {
    return module(settings);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return Reflect.construct(module, [settings]);
  }
};

/** An adapter for one use: Parse Server makes a new one each time, with no members but those it takes. */
const load = (module: unknown, settings: AdapterSettings): Adapter => {
  const made = instantiate(module, settings);
  const adapter: Adapter = {};
  for (const name of MEMBERS) {
    const member: unknown = made ? Reflect.get(Object(made), name) : undefined;
    if (member) adapter[name] = member;
  }
  if (isFunction(adapter.validateOptions)) adapter.validateOptions(settings);
  return adapter;
};

const UNSAID: Unsaid = { code: 'SCRIPT_FAILED', message: 'Auth failed. Unknown error.' };
const UNSAID_CHALLENGE: Unsaid = { code: 'SCRIPT_FAILED', message: 'Challenge failed. Unknown error.' };

const toCaller = (lend: AdapterLender, context: Context): { [name: string]: unknown } => {
  const user = askingUser(context);
  return { ip: context.request.ip, user: user && lend.toObject('_User', user), master: context.auth.isMaster };
};

/** The third argument of a step. */
const toRequest = (lend: AdapterLender, asked: AskedOf, context: Context): { [name: string]: unknown } => {
  const { auth, request } = context;
  const original = asked.user && lend.toObject('_User', withoutSecrets(asked.user));
  return {
    triggerName: undefined,
    object: asked.isChallenge ? original : lend.toObject('_User', asked.fields),
    isReadOnly: false,
    headers: request.headers,
    log: context.log,
    config: context.options,
    ...toCaller(lend, context),
    ...(original && { original }),
    ...(asked.isChallenge && { isChallenge: true }),
    ...(auth.installationId && { installationId: auth.installationId }),
  };
};

const STEPS: { readonly [step in AuthStep]: 'validateSetUp' | 'validateUpdate' | 'validateLogin' } = {
  setUp: 'validateSetUp',
  update: 'validateUpdate',
  logIn: 'validateLogin',
};

const POLICIES: ReadonlySet<unknown> = new Set(['default', 'solo', 'additional']);

const checkAdapter = ({ policy, ...adapter }: Adapter): void => {
  if (policy && !POLICIES.has(policy) && !isFunction(policy)) {
    throw refusal(
      'authAdapter',
      'OTHER_CAUSE',
      'AuthAdapter policy is not configured correctly. The value must be either "solo", "additional", "default" or undefined (will be handled as "default")',
    );
  }
  const isComplete =
    isFunction(adapter.validateAuthData) || Object.values(STEPS).every((name) => isFunction(adapter[name]));
  if (isComplete) return;
  throw refusal(
    'authAdapter',
    'OTHER_CAUSE',
    'Adapter is not configured. Implement either validateAuthData or all of the following: validateSetUp, validateLogin and validateUpdate',
  );
};

const toVerdict = (answer: unknown): AuthVerdict => {
  if (!isObject(answer)) return {};
  const { response, save, doNotSave } = toJsonObject(answer);
  return {
    ...(isObject(response) && { response }),
    ...(isObject(save) && { save }),
    ...(doNotSave && { isNotSaved: true }),
  };
};

/**
 * A provider by code of the application, as Parse Server calls it: with the auth data, the settings and the request. What it throws
 * comes with code 141, but for an error of Parse's; what `validateOptions` throws is a failure of the server.
 */
export const createAdapterProvider = (
  name: string,
  module: unknown,
  settings: AdapterSettings,
  lend: AdapterLender,
): AuthProvider => {
  const adapter = load(module, settings);
  const step = (member: string): string => `${member} of the auth adapter ${name}`;
  const call = (member: keyof Adapter, ...given: unknown[]): unknown => {
    const found = adapter[member];
    return isFunction(found) ? lend.run(step(member), () => found.apply(adapter, given)) : undefined;
  };

  return {
    policy: isFunction(adapter.policy)
      ? (stored, context) => call('policy', toCaller(lend, context), stored)
      : String(adapter.policy ?? 'default'),
    validate: async (given, authStep, asked, context) => {
      try {
        const authData = structuredClone(given);
        const request = toRequest(lend, asked, context);
        if (settings.appIds) await call('validateAppId', settings.appIds, authData, settings, request);
        checkAdapter(adapter);
        if (isFunction(adapter.validateAuthData)) {
          return toVerdict(await call('validateAuthData', authData, settings, request));
        }
        const member = STEPS[authStep];
        if (!asked.isChallenge) request['triggerName'] = member;
        return toVerdict(await call(member, authData, settings, request));
      } catch (error) {
        throw toThrown(error, UNSAID, `the auth adapter ${name}`);
      }
    },
    ...(isFunction(adapter.challenge) && {
      challenge: async (
        challengeData: Json,
        authData: Json | undefined,
        user: ParseRecord | undefined,
        context: Context,
      ) => {
        const request = toRequest(lend, { user, fields: {}, isChallenge: true }, context);
        try {
          const answer = await call('challenge', challengeData, authData, settings, request);
          return toJson(answer) || true;
        } catch (error) {
          throw toThrown(error, UNSAID_CHALLENGE, `the auth adapter ${name}`);
        }
      },
    }),
    ...(isFunction(adapter.afterFind) && {
      show: (stored: JsonObject, context: Context) => {
        const shown = call('afterFind', structuredClone(stored), settings, toCaller(lend, context));
        return shown ? toJsonObject(Object(shown)) : stored;
      },
      isShownToMaster: true,
    }),
  };
};

/** Objects for adapters where there is no SDK: fields that are read by `get`. */
export const PLAIN_LENDER: AdapterLender = {
  toObject: (className, json) => {
    const id = json['objectId'];
    const object = { className, get: (name: string): unknown => json[name], toJSON: (): JsonObject => json };
    return typeof id === 'string' ? { ...object, id } : object;
  },
  run: (_running, work) => work(),
};
