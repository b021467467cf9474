import { OPTIONS } from '../../../options/table.ts';
import type { CommandLine } from '../command-line.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** Who asks a server elsewhere. */
export type Keys = { readonly appId: string; readonly masterKey: string };

/** The text of a flag; undefined where it is not given. */
export const textOf = (flags: CommandLine['flags'], flag: string): string | undefined => {
  const value = flags.get(flag);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** The parts of a list with commas. */
export const listOf = (flags: CommandLine['flags'], flag: string): readonly string[] =>
  (textOf(flags, flag) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** A whole number from 0. Throws a `UsageError` for anything else. */
export const numberOf = (flags: CommandLine['flags'], flag: string): number | undefined => {
  const text = textOf(flags, flag);
  if (text !== undefined && !/^\d+$/.test(text))
    throw new UsageError(`--${flag} must be a whole number, not "${text}"`);
  return text === undefined ? undefined : Number(text);
};

/** A text that must be there. Throws a `UsageError` when it is not. */
export const requireText = (flags: CommandLine['flags'], flag: string, example: string): string => {
  const text = textOf(flags, flag);
  if (text === undefined) throw new UsageError(`--${flag} is missing, such as --${flag} ${example}`);
  return text;
};

/** The application id and the master key, from flags, from the environment, or asked for. Nothing of them is kept or shown. */
export const readKeys = async (
  { flags }: Pick<CommandLine, 'flags'>,
  { environment = process.env, ask }: Terminal,
): Promise<Keys> => {
  const { PARSE_APPLICATION_ID, PARSE_SERVER_APPLICATION_ID, PARSE_MASTER_KEY, PARSE_SERVER_MASTER_KEY } = environment;
  const appId =
    textOf(flags, 'app-id') ?? (PARSE_APPLICATION_ID || PARSE_SERVER_APPLICATION_ID || OPTIONS.appId.default);
  const given = textOf(flags, 'master-key') ?? (PARSE_MASTER_KEY || PARSE_SERVER_MASTER_KEY);
  const masterKey = given || (await ask?.('Master key (it is kept nowhere): '));
  if (!masterKey) throw new UsageError('The master key is missing: put it into the variable PARSE_MASTER_KEY');
  return { appId, masterKey };
};
