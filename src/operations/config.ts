import { refusal } from '../parse/error.ts';
import { isFieldOperation } from '../parse/field-ops.ts';
import { checkKeywords } from '../parse/keywords.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../parse/record.ts';
import { requireWritingMaster } from './access/keys.ts';
import type { Context } from './context.ts';
import { applyParts } from './objects/dotted-fields.ts';
import type { Part } from './objects/stages.ts';
import { runTrigger, toTriggerRequest } from './triggers/run.ts';
import type { SaveRequest } from './triggers/triggers.ts';

const CONFIG_CLASS = '_GlobalConfig';
const CONFIG_ID = '1';

const part = (name: 'params' | 'masterKeyOnly', { store }: Context): JsonObject => {
  const value = store.get(CONFIG_CLASS, CONFIG_ID)?.[name];
  return isObject(value) ? value : {};
};

/** The application's parameters, and which of them are for the master key alone: these are shown to it alone. */
export const getConfig = (context: Context): { params: JsonObject; masterKeyOnly?: JsonObject } => {
  const params = part('params', context);
  const masterKeyOnly = part('masterKeyOnly', context);
  const isShown = ([name]: [string, Json]): boolean =>
    context.auth.isMaster || !masterKeyOnly[name] || !Object.hasOwn(params, name);
  const shown = (values: JsonObject): JsonObject => Object.fromEntries(Object.entries(values).filter(isShown));
  return context.store.get(CONFIG_CLASS, CONFIG_ID)
    ? { params: shown(params), masterKeyOnly: shown(masterKeyOnly) }
    : { params };
};

/** A name with dots leads into the objects that parameters hold, as in MongoDB. */
const toPart = (root: 'params' | 'masterKeyOnly', name: string, value: Json): Part => ({
  root,
  path: name.split('.'),
  value,
});

const checkNumbers = (written: JsonObject, present: JsonObject): void => {
  for (const [name, value] of Object.entries(written)) {
    const held = present[name] ?? 0;
    if (!isFieldOperation(value) || value.__op !== 'Increment' || typeof held === 'number') continue;
    throw refusal('configNotNumber', 'SCRIPT_FAILED', `Cannot increment "${name}", which is no number.`);
  }
};

/** Text and lists name their members by their places, as JavaScript has it. */
const membersOf = (value: Json | undefined): JsonObject =>
  Object.fromEntries(Object.entries(value ?? {})) as JsonObject;

const CONFIG_TRIGGERS = '@Config';

const runConfigTrigger = async (
  triggerName: 'beforeSave' | 'afterSave',
  saved: Pick<SaveRequest, 'object' | 'original' | 'fields'>,
  context: Context,
): Promise<void> => {
  const trigger = context.triggers.of(CONFIG_TRIGGERS)?.[triggerName];
  if (!trigger) return;
  const request = { ...toTriggerRequest(triggerName, CONFIG_TRIGGERS, context), ...saved };
  await runTrigger<SaveRequest, unknown>(trigger, request, context);
};

/**
 * Writes parameters, and carries out operations on them: `{ __op: 'Increment', amount: 1 }`, `{ __op: 'Delete' }`. Throws 119
 * without a master key that writes, 105 for a prohibited key, 107 and 108 for bad operations, and what triggers refuse with.
 */
export const updateConfig = async (
  change: { params?: Json | undefined; masterKeyOnly?: Json | undefined },
  context: Context,
): Promise<{ result: true }> => {
  requireWritingMaster(context, 'update the config');
  const params = membersOf(change.params);
  const rights = membersOf(change.masterKeyOnly);
  const dotted = Object.entries(params).map(([name, value]) => [`params.${name}`, value] as const);
  checkKeywords(Object.fromEntries(dotted), context.options.requestKeywordDenylist);
  const present = { params: part('params', context), masterKeyOnly: part('masterKeyOnly', context) };
  checkNumbers(params, present.params);
  const isNew = context.store.get(CONFIG_CLASS, CONFIG_ID) === undefined;
  const original = isNew ? {} : { original: present.params };
  await runConfigTrigger('beforeSave', { object: params, fields: params, ...original }, context);
  const config = applyParts(
    present,
    // A parameter that is written without a word is everybody's, whatever it was before.
    Object.entries(params).flatMap(([name, value]) => [
      toPart('params', name, value),
      toPart('masterKeyOnly', name, rights[name] || false),
    ]),
  );
  context.store.transact((transaction) =>
    transaction.put(CONFIG_CLASS, { objectId: CONFIG_ID, ...config } as unknown as ParseRecord),
  );
  const object = isNew ? params : part('params', context);
  await runConfigTrigger('afterSave', { object, fields: {}, ...original }, context);
  return { result: true };
};
