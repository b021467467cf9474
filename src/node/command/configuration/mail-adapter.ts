import { pathToFileURL } from 'node:url';
import type { Emulator } from '../../../emulator.ts';
import type { OutboxMail } from '../../../options/adapters.ts';
import type { JsonObject } from '../../../parse/record.ts';
import { UserError } from '../../../parse/user-error.ts';
import { locateModule } from '../../cloud/files.ts';
import { messageOf } from '../../json/file-error.ts';

/** A mail adapter as Parse Server takes it. */
export type MailAdapter = {
  sendMail?(mail: { readonly to: string; readonly subject: string; readonly text: string }): unknown;
  sendVerificationEmail?(facts: MailFacts): unknown;
  sendPasswordResetEmail?(facts: MailFacts): unknown;
};

type MailFacts = { readonly appName: string; readonly link: string; readonly user: MailUser };

/** What adapters ask of the user whom a mail is for. */
type MailUser = { readonly id: string | undefined; get(name: string): unknown; toJSON(): JsonObject };

/** The module of this name; undefined where there is none. */
const importModule = async (name: string): Promise<unknown> => {
  const path = locateModule(name);
  if (path === undefined) return undefined;
  const exported: unknown = await import(/* @vite-ignore */ pathToFileURL(path).href);
  const found: unknown = Reflect.get(Object(exported), 'default') ?? exported;
  return Reflect.get(Object(found), 'default') ?? found;
};

const build = (make: object, settings: unknown): unknown => {
  if (typeof make !== 'function') return make;
  try {
    return Reflect.apply(make, undefined, [settings]);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return Reflect.construct(make, [settings]); // a class, which cannot be called
  }
};

const load = async (given: unknown, settings: unknown): Promise<unknown> => {
  if (typeof given === 'string') {
    const found = await importModule(given);
    return found === undefined ? undefined : load(found, settings);
  }
  if (typeof given !== 'object' || given === null) return build(Object(given), settings);
  const { module, class: made, adapter, options }: { [name: string]: unknown } = { ...given };
  const inner = module ?? made ?? adapter;
  return inner === undefined ? given : load(inner, options);
};

const canSend = (adapter: unknown): adapter is MailAdapter => typeof Object(adapter).sendMail === 'function';

/** Makes the adapter that a configuration names; undefined where its module is not installed. Rejects with a message for one that cannot be made. */
export const loadMailAdapter = async (given: unknown): Promise<MailAdapter | undefined> => {
  let adapter: unknown;
  try {
    adapter = await load(given, undefined);
  } catch (error) {
    throw new UserError(`Failed to start: the emailAdapter cannot be made: ${messageOf(error)}`, { cause: error });
  }
  if (adapter === undefined || canSend(adapter)) return adapter;
  throw new UserError('Failed to start: the emailAdapter has no sendMail');
};

const toUser = (to: string, emulator: Emulator): MailUser => {
  const users = emulator.snapshot()['_User'] ?? [];
  const row = users.find(({ email }) => email === to) ?? users.find(({ username }) => username === to) ?? {};
  const open = Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('_')));
  return { id: String(row['objectId']), get: (name) => open[name], toJSON: () => open };
};

/** Sends a mail by the adapter, in the way that Parse Server would. */
export const sendByAdapter = async (adapter: MailAdapter, mail: OutboxMail, emulator: Emulator): Promise<void> => {
  const { kind, to, subject, text, link } = mail;
  const facts = { appName: emulator.options.appName, link, user: toUser(to, emulator) };
  if (kind === 'sms') return;
  if (kind === 'verifyEmail' && adapter.sendVerificationEmail) await adapter.sendVerificationEmail(facts);
  else if (kind === 'resetPassword' && adapter.sendPasswordResetEmail) await adapter.sendPasswordResetEmail(facts);
  else await adapter.sendMail?.({ to, subject, text });
};
