import { type ParseError, refusal } from '../parse/error.ts';
import type { JsonObject, ParseRecord } from '../parse/record.ts';
import type { Store } from '../store/store.ts';
import { requireWritingMaster } from './access/keys.ts';
import type { Context } from './context.ts';

const HOOK_CLASS = '_Hooks';
const HOOK_ERROR = 143;

/** Where a function or a trigger of the application is asked for. */
export type Hook =
  | { readonly functionName: string; readonly url: string }
  | { readonly className: string; readonly triggerName: string; readonly url: string };

/** What names a hook: a function, or a class and a trigger. */
export type HookName = { readonly functionName: string } | { readonly className: string; readonly triggerName: string };

const TRIGGERS: ReadonlySet<string> = new Set([
  'beforeLogin',
  'afterLogin',
  'afterLogout',
  'beforePasswordResetRequest',
  'beforeSave',
  'afterSave',
  'beforeDelete',
  'afterDelete',
  'beforeFind',
  'afterFind',
  'beforeConnect',
  'beforeSubscribe',
  'afterEvent',
]);

const refused = (message: string): ParseError => refusal('hook', HOOK_ERROR, message);
const invalid = (): ParseError => refused('invalid hook declaration');

const idOf = (name: HookName): string =>
  'functionName' in name ? `function:${name.functionName}` : `trigger:${name.className}:${name.triggerName}`;

const shown = ({ objectId: _, ...hook }: ParseRecord): Hook => hook as unknown as Hook;

const textIn = (given: JsonObject, name: string): string => {
  const value = given[name];
  if (value && typeof value !== 'string') throw new TypeError(`Failed to read a hook: its ${name} is not text`);
  return typeof value === 'string' ? value : '';
};

/** What names the hook that somebody declares. Throws 143 when nothing does. */
const nameIn = (given: JsonObject): HookName => {
  const functionName = textIn(given, 'functionName');
  if (functionName) return { functionName };
  const className = textIn(given, 'className');
  const triggerName = textIn(given, 'triggerName');
  if (!className || !triggerName) throw invalid();
  return { className, triggerName };
};

const keep = (name: HookName, given: JsonObject, context: Context): Hook => {
  const url = textIn(given, 'url');
  if (!url || ('triggerName' in name && !TRIGGERS.has(name.triggerName))) throw invalid();
  const hook = { ...name, url };
  context.store.transact((transaction) =>
    transaction.put(HOOK_CLASS, { objectId: idOf(name), ...hook } as unknown as ParseRecord),
  );
  return hook;
};

/** All hooks. */
export const allHooks = (store: Store): readonly Hook[] => [...store.all(HOOK_CLASS)].map(shown);

/** A number that changes with every change of a hook. */
export const hooksVersion = (store: Store): number => store.version(HOOK_CLASS);

/** The hooks of functions, or of triggers. */
export const listHooks = (kind: 'functions' | 'triggers', { store }: Context): readonly Hook[] =>
  allHooks(store).filter((hook) => 'functionName' in hook === (kind === 'functions'));

/** One hook; undefined when there is none of the name. */
export const findHook = (name: HookName, { store }: Context): Hook | undefined => {
  const found = store.get(HOOK_CLASS, idOf(name));
  return found && shown(found);
};

/** Declares a hook. Throws 119 without a master key that writes, 143 for one that is there, or says too little. */
export const createHook = (given: JsonObject, context: Context): Hook => {
  requireWritingMaster(context, 'create a hook');
  const name = nameIn(given);
  if (findHook(name, context)) {
    throw refused(
      'functionName' in name
        ? `function name: ${name.functionName} already exists`
        : `class ${name.className} already has trigger ${name.triggerName}`,
    );
  }
  return keep(name, given, context);
};

/** The refusal for a hook that is not there. */
export const unknownHook = (name: HookName): ParseError =>
  refused(
    'functionName' in name
      ? `no function named: ${name.functionName} is defined`
      : `class ${name.className} does not exist`,
  );

/** Leads a hook elsewhere. Throws 119 without a master key that writes, 143 for one that is not there, or without an address. */
export const updateHook = (name: HookName, given: JsonObject, context: Context): Hook => {
  requireWritingMaster(context, 'modify a hook');
  if (!given['url']) throw invalid();
  if (!findHook(name, context)) throw unknownHook(name);
  return keep(name, given, context);
};

/** Takes a hook away. Throws 119 without a master key that writes, 101 when there is none of the name. */
export const deleteHook = (name: HookName, context: Context): void => {
  requireWritingMaster(context, 'modify a hook');
  if (!findHook(name, context)) throw refusal('hookUnknown', 'OBJECT_NOT_FOUND', 'Object not found.');
  context.store.transact((transaction) => transaction.delete(HOOK_CLASS, idOf(name)));
};
