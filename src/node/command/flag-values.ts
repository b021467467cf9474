import { checkOption } from '../../options/check.ts';
import type { OptionKind } from '../../options/table.ts';
import { OptionError } from '../../parse/user-error.ts';
import { messageOf } from '../json/file-error.ts';
import { parseJson, readJsonFile, readTextFile } from '../json/text.ts';
import type { OptionFlag } from './flags.ts';
import { UsageError } from './usage-error.ts';

const FLAGS: ReadonlySet<OptionKind> = new Set(['flag', 'condition', 'mailCondition', 'emailAdapter']);
const NUMBERS: ReadonlySet<OptionKind> = new Set(['count', 'seconds', 'rounds']);
const OBJECTS: ReadonlySet<OptionKind> = new Set([
  'auth',
  'passwordPolicy',
  'accountLockout',
  'pages',
  'schema',
  'protectedFields',
  'fileUpload',
  'complexity',
  'liveQuery',
  'liveQueryServer',
  'keywords',
  'idempotency',
  'rateLimit',
  'graphQLConfig',
]);

const isJsonText = (text: string): boolean => /^\s*[[{]/.test(text);

/** Classes may come as the answer of REST `/schemas`, as a list, or as the option has them. */
const toSchema = (value: unknown): unknown => {
  if (Array.isArray(value)) return { definitions: value };
  if (typeof value !== 'object' || value === null) return value;
  const lists: { readonly [name: string]: unknown } = { ...value };
  const listed = lists['results'] ?? lists['schemas'];
  return Array.isArray(listed) ? { definitions: listed } : value;
};

const toObject = async (text: string, flag: string): Promise<unknown> => {
  if (!isJsonText(text)) return readJsonFile(text);
  try {
    return parseJson(`--${flag}`, text);
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
};

const toList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const toOrigins = (text: string): string | string[] => {
  const list = toList(text);
  return list.length > 1 ? list : text;
};

const toNumber = (text: string): unknown => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text));

const toFlag = (text: string): unknown => {
  if (['true', '1'].includes(text)) return true;
  return ['false', '0'].includes(text) ? false : text;
};

/** What a text stands for, as a value of the option; whether the option can have it is seen elsewhere. */
export const readFlagValue = async ({ kind, flag }: OptionFlag, text: string): Promise<unknown> => {
  if (FLAGS.has(kind)) return toFlag(text);
  if (NUMBERS.has(kind)) return toNumber(text);
  if (kind === 'schema') return toSchema(await toObject(text, flag));
  if (OBJECTS.has(kind)) return toObject(text, flag);
  if (kind === 'texts' || kind === 'ips' || (kind === 'apps' && text !== 'any')) return toList(text);
  if (kind === 'origins') return toOrigins(text);
  if (kind === 'typeDefs') return text.includes('{') ? text : readTextFile(text);
  return text;
};

/** The value that a person gave a flag, as the option takes it. Throws an error when the option cannot have it. */
export const readFlag = async (flag: OptionFlag, given: string | boolean): Promise<unknown> => {
  const value = typeof given === 'boolean' ? given : await readFlagValue(flag, given);
  try {
    checkOption(flag.name, value, `--${flag.flag}`);
  } catch (error) {
    throw error instanceof OptionError ? new UsageError(error.reason) : error;
  }
  return value;
};
