import { isDeepEqual } from '../../parse/equality.ts';
import { ParseError, refusal, Stumble } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { type Behaviour, behaviourOf } from '../../parse/versions/versions.ts';
import { toAuthDataKey } from '../../store/indexes.ts';
import type { Reader } from '../../store/store.ts';
import type { Context } from '../context.ts';
import type { AskedOf, AuthStep } from './provider.ts';
import { policyOf, providerOf } from './providers.ts';

/** The refusal of a provider that the application does not know. */
export const unsupported = (): ParseError =>
  new ParseError('UNSUPPORTED_SERVICE', 'This authentication method is unsupported.');

const hasFields = (value: Json | undefined): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const hasId = (value: Json | undefined): boolean => isObject(value) && Boolean(value['id']);

/** Whether authData stands in the place of a name and a password: some provider is given with something in it. */
export const hasAuthData = (authData: Json | undefined, { options }: Context): boolean =>
  isObject(authData) && (behaviourOf(options).emptyAuthDataMakesUsers || Object.values(authData).some(hasFields));

const TAKES: { readonly [Rule in Behaviour['takesAuthData']]: (given: readonly Json[]) => boolean } = {
  eachWithId: (given) => given.every((value) => value === null || hasId(value)),
  someWithId: (given) => given.some((value) => value === null || hasId(value)),
  someWithFields: (given) => given.some(hasFields),
};

/** Throws 252 for authData of which Parse Server takes nothing; newer ones look at users who are known otherwise alone. */
export const checkTaken = (authData: JsonObject, isKnownOtherwise: boolean, { options }: Context): void => {
  const { takesAuthData } = behaviourOf(options);
  const isTaken = TAKES[takesAuthData](Object.values(authData));
  if (!isTaken && (takesAuthData === 'eachWithId' || !isKnownOtherwise)) throw unsupported();
};

/** The refusal of a provider that the application does not know, as the version puts it. */
const unknownProvider = ({ options }: Context): Error => {
  const { unknownProvider: how } = behaviourOf(options);
  if (how === 'asUnsupported') return unsupported();
  return how === 'asFailure'
    ? new Stumble('the provider is not known', 'providerUnknown')
    : refusal('providerUnknown', 'SCRIPT_FAILED', NO_VALIDATOR);
};

// The words of its JavaScript engine.
const NO_VALIDATOR =
  "Cannot destructure property 'validator' of 'req.config.authDataManager.getValidatorForProvider(...)' as it is undefined.";

/** What a client gave by provider, whatever its type: the letters of a text are providers that nobody knows. */
export const toProviders = (authData: Json): JsonObject => Object.fromEntries(Object.entries(authData ?? {}));

// Who is searched for without being known has no user, and is refused later.
const keyOf = (name: string, given: Json | undefined, context: Context): string | undefined => {
  const provider = given === null ? undefined : providerOf(name, context);
  provider?.beforeSearch?.();
  const id = provider && isObject(given) ? given['id'] : undefined;
  if (!id) return undefined;
  if (typeof id !== 'string') throw new ParseError('INVALID_VALUE', `Invalid authData id for provider '${name}'.`);
  return toAuthDataKey(name, id);
};

/** The users who have one of these ids at their providers. Throws 162 for an id that is not text. */
export const findByAuthData = (authData: JsonObject, reader: Reader, context: Context): readonly ParseRecord[] => {
  const keys = Object.entries(authData).flatMap(([name, given]) => keyOf(name, given, context) ?? []);
  return [...new Set(keys.flatMap((key) => reader.lookUp('_User', 'authData', key)))];
};

/** Whether another user has one of these ids. */
export const isUsedByAnother = (
  authData: Json | undefined,
  objectId: string,
  reader: Reader,
  context: Context,
): boolean =>
  isObject(authData) && findByAuthData(authData, reader, context).some((user) => user.objectId !== objectId);

/** The refusal of an id that is another user's. */
export const alreadyUsed = (): ParseError => new ParseError('ACCOUNT_ALREADY_LINKED', 'this auth is already used');

/** authData that its providers took: what to write into the user, and what to answer. */
export type AcceptedAuthData = { readonly authData: JsonObject; readonly response: JsonObject };

const storedOf = (user: ParseRecord | undefined, name: string): JsonObject | undefined => {
  const authData = user?.['authData'];
  const stored = isObject(authData) ? authData[name] : undefined;
  return isObject(stored) ? stored : undefined;
};

/**
 * Has each provider look at what it is given, in the order of their names. `isOwner` says that the caller is the user, or the
 * master key. Rejects with 252 for a provider that the application does not know, and with what a provider refuses with.
 */
export const acceptAuthData = async (
  authData: JsonObject,
  asked: AskedOf,
  isOwner: boolean,
  context: Context,
): Promise<AcceptedAuthData> => {
  const accepted: { [name: string]: Json } = {};
  const response: { [name: string]: Json } = {};
  for (const name of Object.keys(authData).sort()) {
    const given = authData[name] ?? null;
    if (given === null) {
      accepted[name] = null;
      continue;
    }
    const provider = providerOf(name, context);
    if (!provider) throw unknownProvider(context);
    const step: AuthStep = !storedOf(asked.user, name) ? 'setUp' : isOwner ? 'update' : 'logIn';
    const verdict = await provider.validate(isObject(given) ? given : {}, step, asked, context);
    if (verdict.response) response[name] = verdict.response;
    if (!verdict.isNotSaved) accepted[name] = verdict.save ?? given;
  }
  return { authData: accepted, response };
};

const isPartOf = (given: Json | undefined, stored: Json | undefined): boolean =>
  isObject(given) && isObject(stored)
    ? Object.entries(given).every(([key, value]) => isDeepEqual(value, stored[key]))
    : isDeepEqual(given, stored);

/** What of the authData is not what the user has already; a device of an anonymous user never counts as changed. */
export const changedAuthData = (authData: JsonObject, user: ParseRecord): JsonObject => {
  const stored = isObject(user['authData']) ? user['authData'] : {};
  return Object.fromEntries(
    Object.entries(authData).filter(([name, given]) => name !== 'anonymous' && !isPartOf(given, stored[name])),
  );
};

/** Throws -1 when the user has second factors and brings none along, nor a third party that makes up for them. */
export const requireSecondFactor = (authData: JsonObject, user: ParseRecord, context: Context): void => {
  const stored = isObject(user['authData']) ? user['authData'] : {};
  const linked = Object.keys(stored).flatMap((name) => {
    const provider = providerOf(name, context);
    return provider ? [{ name, provider }] : [];
  });
  if (linked.some(({ name, provider }) => provider.policy === 'solo' && authData[name])) return;
  const missing: string[] = [];
  for (const { name, provider } of linked) {
    const held = stored[name];
    if (policyOf(provider, isObject(held) ? held : {}, context) !== 'additional') continue;
    if (authData[name]) return;
    missing.push(name);
  }
  if (missing.length > 0)
    throw refusal('secondFactor', 'OTHER_CAUSE', `Missing additional authData ${missing.join(',')}`);
};

const isPlainOrList = (value: Json | undefined): boolean =>
  Array.isArray(value) || ['string', 'number', 'boolean'].includes(typeof value);

const partOf = (authData: Json | undefined, name: string): JsonObject => {
  const part = isObject(authData) ? authData[name] : undefined;
  return isObject(part) ? part : {};
};

/**
 * Throws 141 when another request has changed what this one is about to change since its provider looked at it (`seen`): a code that is
 * good once is spent once, also by many at once.
 */
export const checkUnspent = (seen: Json | undefined, present: Json | undefined, written: JsonObject): void => {
  for (const name of Object.keys(written)) {
    const now = partOf(present, name);
    for (const [field, value] of Object.entries(partOf(seen, name))) {
      const isChanged = isPlainOrList(value) && !isDeepEqual(value, partOf(written, name)[field]);
      if (isChanged && !isDeepEqual(value, now[field]))
        throw refusal('authDataChanged', 'SCRIPT_FAILED', 'Invalid auth data');
    }
  }
};

/** The authData of a user after some of it was written: providers that were not named stay, null takes one away. */
export const mergeAuthData = (present: Json | undefined, written: JsonObject): Json => {
  const merged = { ...(isObject(present) ? present : {}), ...written };
  const linked = Object.entries(merged).filter(([, value]) => value !== null);
  return linked.length > 0 ? Object.fromEntries(linked) : null;
};
