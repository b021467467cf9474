import { ParseError, permissionDenied } from '../parse/error.ts';
import { isFieldOperation } from '../parse/field-ops.ts';
import { isObject, type Json, type JsonObject, type ParseRecord, toObject } from '../parse/record.ts';
import type { Context } from './context.ts';

const CONFIG_CLASS = '_GlobalConfig';
const CONFIG_ID = '1';

const part = (name: 'params' | 'masterKeyOnly', { store }: Context): JsonObject => {
  const value = store.get(CONFIG_CLASS, CONFIG_ID)?.[name];
  return isObject(value) ? value : {};
};

/** The application's parameters, and which of them are for the master key alone: these are shown to it alone. */
export const getConfig = (context: Context): { params: JsonObject; masterKeyOnly?: JsonObject } => {
  const masterKeyOnly = part('masterKeyOnly', context);
  const isShown = ([name]: [string, Json]): boolean => context.auth.isMaster || masterKeyOnly[name] !== true;
  const shown = (values: JsonObject): JsonObject => Object.fromEntries(Object.entries(values).filter(isShown));
  const params = shown(part('params', context));
  return context.store.get(CONFIG_CLASS, CONFIG_ID) ? { params, masterKeyOnly: shown(masterKeyOnly) } : { params };
};

const written = (present: JsonObject, given: JsonObject): JsonObject => {
  const values: { [name: string]: Json } = { ...present };
  for (const [name, value] of Object.entries(given)) {
    if (isFieldOperation(value) && value.__op === 'Delete') delete values[name];
    else values[name] = value;
  }
  return values;
};

/** Writes parameters; `{ __op: 'Delete' }` takes one away. Throws 119 without the master key. */
export const updateConfig = (
  change: { params?: Json | undefined; masterKeyOnly?: Json | undefined },
  context: Context,
): { result: true } => {
  if (!context.auth.isMaster) throw permissionDenied();
  const [params, masterKeyOnly] = [toObject(change.params ?? {}), toObject(change.masterKeyOnly ?? {})];
  if (!params || !masterKeyOnly) throw new ParseError('INVALID_JSON', 'params must be an object');
  // A parameter that is written without a word is everybody's, whatever it was before.
  const rights = Object.fromEntries(Object.keys(params).map((name) => [name, masterKeyOnly[name] ?? false]));
  const config = {
    objectId: CONFIG_ID,
    params: written(part('params', context), params),
    masterKeyOnly: written(part('masterKeyOnly', context), rights),
  };
  context.store.transact((transaction) => transaction.put(CONFIG_CLASS, config as unknown as ParseRecord));
  return { result: true };
};
