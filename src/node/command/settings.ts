import { checkOptions } from '../../options/check.ts';
import { type Check, listOf, matching, number, shape, text } from '../../options/shape.ts';
import type { EmulatorOptions } from '../../options/table.ts';
import { OptionError } from '../../parse/user-error.ts';
import { readJsonFile } from '../json/text.ts';
import type { CommandLine } from './command-line.ts';
import { readFlag } from './flag-values.ts';
import { OPTION_FLAGS } from './flags.ts';
import { UsageError } from './usage-error.ts';

/** What a command is to do, from the flags and the file of `--config`; flags win. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  /** The data file; undefined with `--memory`. */
  readonly db: string | undefined;
  /** Whether the data file was named, and not merely meant. */
  readonly isDbNamed: boolean;
  /** Whether a damaged journal is cut down to what stands before the damage. */
  readonly repair: boolean;
  readonly seeds: readonly string[];
  readonly isVerbose: boolean;
  readonly isQuiet: boolean;
  /** Whether the line that tells of the start is JSON. */
  readonly isJson: boolean;
  readonly format: string;
  /** The mail server that mail goes to, beside the outbox. */
  readonly smtp: string | undefined;
  readonly options: EmulatorOptions;
};

type ServerSettings = {
  readonly port?: number;
  readonly host?: string;
  readonly db?: string;
  readonly seed?: string | string[];
  readonly smtp?: string;
};

const seeds: Check = (value, place) => (Array.isArray(value) ? listOf(text)(value, place) : text(value, place));
const port = number({ min: 0, max: 65535, whole: true });
const mailServer = matching(
  'the address of a mail server, such as smtp://127.0.0.1:1025',
  (value) => typeof value === 'string' && /^smtps?:\/\/./.test(value) && URL.canParse(value),
);
const serverSettings = shape({ port, host: text, db: text, seed: seeds, smtp: mailServer }, { open: true });

const DEFAULT_DB = 'users.json';

/** The file of `--config`: options by their names, and `port`, `host`, `db`, `seed` and `smtp` beside them. */
const readConfig = async (
  path: string | undefined,
): Promise<{ readonly server: ServerSettings; readonly options: EmulatorOptions }> => {
  if (path === undefined) return { server: {}, options: {} };
  const config = await readJsonFile(path);
  checkServerSettings(config, path);
  const { port, host, db, seed, smtp, ...options } = config;
  checkOptions(options, path);
  const server = { port, host, db, seed, smtp };
  return { server: Object.fromEntries(Object.entries(server).filter(([, value]) => value !== undefined)), options };
};

function checkServerSettings(config: unknown, path: string): asserts config is ServerSettings {
  serverSettings(config, path);
}

const textOf = (flags: CommandLine['flags'], flag: string): string | undefined => {
  const value = flags.get(flag);
  return typeof value === 'string' ? value : undefined;
};

const checkFlag = (check: Check, value: unknown, flag: string): void => {
  try {
    check(value, flag);
  } catch (error) {
    throw error instanceof OptionError ? new UsageError(error.reason) : error;
  }
};

const readPort = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  checkFlag(port, /^\d+$/.test(given) ? Number(given) : given, '--port');
  return Number(given);
};

const readSmtp = (given: string | undefined): string | undefined => {
  if (given !== undefined) checkFlag(mailServer, given, '--smtp');
  return given;
};

const readOptions = async (flags: CommandLine['flags']): Promise<EmulatorOptions> => {
  const options: { [name: string]: unknown } = {};
  for (const option of OPTION_FLAGS) {
    const given = flags.get(option.flag);
    if (given !== undefined) options[option.name] = await readFlag(option, given);
  }
  return options;
};

/** Puts together what the command line and the file of `--config` say. Throws a sentence when that makes no sense. */
export const readSettings = async ({ command, flags, seeds: named }: CommandLine): Promise<Settings> => {
  const isMemory = flags.get('memory') === true;
  if (isMemory && flags.has('db')) throw new UsageError('--memory and --db exclude each other');
  const givenPort = readPort(textOf(flags, 'port'));
  const options = await readOptions(flags);
  const config = await readConfig(textOf(flags, 'config'));
  const smtp = readSmtp(textOf(flags, 'smtp')) ?? config.server.smtp;
  if (smtp !== undefined && flags.get('email-adapter') === false) {
    throw new UsageError('--smtp and --no-email-adapter exclude each other');
  }
  const host = textOf(flags, 'host') ?? config.server.host ?? '127.0.0.1';
  if (host === '') throw new UsageError('The host is empty. 0.0.0.0 listens at all addresses');
  const db = textOf(flags, 'db') ?? config.server.db;
  const seed = named.length > 0 ? named : (config.server.seed ?? []);
  return {
    port: givenPort ?? config.server.port ?? (command === 'exec' ? 0 : 1337),
    host,
    db: isMemory ? undefined : (db ?? DEFAULT_DB),
    isDbNamed: !isMemory && db !== undefined,
    repair: flags.get('repair') === true,
    seeds: typeof seed === 'string' ? [seed] : seed,
    isVerbose: flags.get('verbose') === true,
    isQuiet: flags.get('quiet') === true,
    isJson: flags.get('json') === true,
    format: textOf(flags, 'format') ?? 'json',
    smtp,
    options: { ...config.options, ...options },
  };
};
