import { ParseError, permissionDenied } from '../parse/error.ts';
import { isFieldOperation } from '../parse/field-ops.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../parse/record.ts';
import type { Context } from './context.ts';

const CONFIG_CLASS = '_GlobalConfig';
const CONFIG_ID = '1';

const part = (name: 'params' | 'masterKeyOnly', { store }: Context): JsonObject => {
  const value = store.get(CONFIG_CLASS, CONFIG_ID)?.[name];
  return isObject(value) ? value : {};
};

/** The application's parameters; those for the master key alone are shown to it alone, and so is which these are. */
export const getConfig = (context: Context): { params: JsonObject; masterKeyOnly?: JsonObject } => {
  const params = part('params', context);
  const masterKeyOnly = part('masterKeyOnly', context);
  if (context.auth.isMaster) return { params, masterKeyOnly };
  return { params: Object.fromEntries(Object.entries(params).filter(([name]) => masterKeyOnly[name] !== true)) };
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
  const { params = {}, masterKeyOnly = {} } = change;
  if (!isObject(params) || !isObject(masterKeyOnly)) throw new ParseError('INVALID_JSON', 'params must be an object');
  const config = {
    objectId: CONFIG_ID,
    params: written(part('params', context), params),
    masterKeyOnly: written(part('masterKeyOnly', context), masterKeyOnly),
  };
  context.store.transact((transaction) => transaction.put(CONFIG_CLASS, config as unknown as ParseRecord));
  return { result: true };
};
