import { checkOptions } from '../../options/check.ts';
import { type Origins, withOrigins } from '../../options/origins.ts';
import { type Check, listOf, matching, number, shape, text } from '../../options/shape.ts';
import type { EmulatorOptions } from '../../options/table.ts';
import { OptionError } from '../../parse/user-error.ts';
import type { CommandLine } from './command-line.ts';
import { type Environment, readEnvironment } from './configuration/environment.ts';
import { readConfigurationFile } from './configuration/file.ts';
import { type Translated, translate } from './configuration/translate.ts';
import { readFlag } from './flag-values.ts';
import { FOREIGN_FLAGS, OPTION_FLAGS, type OptionFlag } from './flags.ts';
import type { Seed } from './seeds/seeds.ts';
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
  /** Classes and parameters as `pull` writes them, which count whatever data there is; with the name of their file. */
  readonly picture: Seed | undefined;
  readonly isVerbose: boolean;
  readonly isQuiet: boolean;
  /** Whether the line that tells of the start is JSON. */
  readonly isJson: boolean;
  readonly format: string;
  /** The mail server that mail goes to, beside the outbox. */
  readonly smtp: string | undefined;
  /** The adapter that mail goes to, beside the outbox, as Parse Server's configuration names it. */
  readonly mailAdapter: unknown;
  /** What the configuration says that makes no difference here, by name. */
  readonly ignored: readonly string[];
  readonly options: EmulatorOptions;
};

type ServerSettings = {
  readonly port?: number;
  readonly host?: string;
  readonly db?: string;
  readonly seed?: string | string[];
  readonly smtp?: string;
  readonly schemas?: readonly object[];
  readonly parameters?: { readonly params?: object; readonly masterKeyOnly?: object };
};

const seeds: Check = (value, place) => (Array.isArray(value) ? listOf(text)(value, place) : text(value, place));
const port = number({ min: 0, max: 65535, whole: true });
const mailServer = matching(
  'the address of a mail server, such as smtp://127.0.0.1:1025',
  (value) => typeof value === 'string' && /^smtps?:\/\/./.test(value) && URL.canParse(value),
);
const serverSettings = shape(
  {
    port,
    host: text,
    db: text,
    seed: seeds,
    smtp: mailServer,
    schemas: listOf(shape({}, { open: true })),
    parameters: shape({ params: shape({}, { open: true }), masterKeyOnly: shape({}, { open: true }) }),
  },
  { open: true },
);

const DEFAULT_DB = 'users.json';

/** Options from one place: a file, the environment, or the command line. */
type Source = Translated & { readonly server: ServerSettings };

const NOTHING: Source = { server: {}, options: {}, ignored: [] };

/** What a configuration of Parse Server's or of the emulator's own says: options by their names, and `port`, `host`, `db`, `seed` and `smtp` beside them. */
const readSource = async (given: object, place: string, without: ReadonlySet<string>): Promise<Source> => {
  const { options: named, ...rest } = await translate(given, place, without);
  checkServerSettings(named, place);
  const { port, host, db, seed, smtp, schemas, parameters, ...options } = named;
  checkOptions(options, place);
  const server = Object.entries({ port, host, db, seed, smtp, schemas, parameters }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...rest, options, server: Object.fromEntries(server) };
};

/** Variables are text. */
const withPort = ({ port, ...given }: { readonly [option: string]: string }): object =>
  port === undefined ? given : { ...given, port: Number(port) };

const foreignFlags = (flags: CommandLine['flags']): object =>
  Object.fromEntries(
    [...FOREIGN_FLAGS].flatMap(([flag, name]) => {
      const given = flags.get(flag);
      return given === undefined ? [] : [[name, given === '' ? true : toJson(given)]];
    }),
  );

const toJson = (given: string | boolean): unknown => {
  try {
    return typeof given === 'string' ? JSON.parse(given) : given;
  } catch {
    return given;
  }
};

/** The sources in the order in which they count, as with Parse Server: what comes later wins. */
const readSources = async (flags: CommandLine['flags'], environment: Environment): Promise<readonly Source[]> => {
  const without = new Set(textOf(flags, 'without')?.split(','));
  const path = textOf(flags, 'config');
  const adapter = textOf(flags, 'email-adapter');
  const byFlags = { ...foreignFlags(flags), ...(adapter && { emailAdapter: adapter }) };
  return [
    path === undefined ? NOTHING : await readSource(await readConfigurationFile(path), path, without),
    await readSource(withPort(readEnvironment(environment)), 'the environment', without),
    await readSource(byFlags, 'the command line', without),
  ];
};

function checkServerSettings(config: unknown, path: string): asserts config is ServerSettings {
  serverSettings(config, path);
}

/** The value of a flag that takes text; undefined when it was not given. */
export const textOf = (flags: CommandLine['flags'], flag: string): string | undefined => {
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

const isAdapterName = ({ kind }: OptionFlag, given: string | boolean): boolean =>
  kind === 'emailAdapter' && typeof given === 'string' && given !== '';

const readOptions = async (flags: CommandLine['flags']): Promise<EmulatorOptions> => {
  const options: { [name: string]: unknown } = {};
  for (const option of OPTION_FLAGS) {
    const given = flags.get(option.flag);
    if (given !== undefined && !isAdapterName(option, given))
      options[option.name] = await readFlag(option, given === '' && option.kind === 'emailAdapter' ? true : given);
  }
  return options;
};

/** What a pull has written, as fixtures. */
const toPicture = ({ schemas, parameters }: ServerSettings, path = ''): Seed | undefined => {
  if (!schemas && !parameters) return undefined;
  const config = parameters && [{ objectId: '1', params: {}, masterKeyOnly: {}, ...parameters }];
  return { path, fixtures: { ...(schemas && { schemas }), ...(config && { _GlobalConfig: config }) } };
};

/** Where each option comes from, in words. */
const originsIn = (sources: readonly Source[], byFlags: EmulatorOptions, config: string): Origins => {
  const [first, second, third] = sources.map(({ options }) => Object.keys(options));
  const say = (names: readonly string[] = [], from: (name: string) => string): [string, string][] =>
    names.map((name) => [name, from(name)]);
  const flagOf = (name: string): string => `--${OPTION_FLAGS.find((one) => one.name === name)?.flag ?? name}`;
  return Object.fromEntries([
    ...say(first, () => config),
    ...say(second, () => 'the environment'),
    ...say(third, () => 'the command line'),
    ...say(Object.keys(byFlags), flagOf),
  ]);
};

/** Puts together what the command line and the file of `--config` say. Throws an error when that makes no sense. */
export const readSettings = async (
  { command, flags, seeds: named }: CommandLine,
  environment: Environment = process.env,
): Promise<Settings> => {
  const isMemory = flags.get('memory') === true;
  if (isMemory && flags.has('db')) throw new UsageError('--memory and --db exclude each other');
  const givenPort = readPort(textOf(flags, 'port'));
  const options = await readOptions(flags);
  const sources = await readSources(flags, environment);
  const server: ServerSettings = Object.assign({}, ...sources.map((source) => source.server));
  const smtp = readSmtp(textOf(flags, 'smtp')) ?? server.smtp;
  if (smtp !== undefined && flags.get('email-adapter') === false) {
    throw new UsageError('--smtp and --no-email-adapter exclude each other');
  }
  const host = textOf(flags, 'host') ?? server.host ?? '127.0.0.1';
  if (host === '') throw new UsageError('The host is empty. 0.0.0.0 listens at all addresses');
  const db = textOf(flags, 'db') ?? server.db;
  const seed = named.length > 0 ? named : (server.seed ?? []);
  return {
    port: givenPort ?? server.port ?? (command === 'exec' ? 0 : 1337),
    host,
    db: isMemory ? undefined : (db ?? DEFAULT_DB),
    isDbNamed: !isMemory && db !== undefined,
    repair: flags.get('repair') === true,
    seeds: typeof seed === 'string' ? [seed] : seed,
    picture: toPicture(server, textOf(flags, 'config')),
    isVerbose: flags.get('verbose') === true,
    isQuiet: flags.get('quiet') === true,
    isJson: flags.get('json') === true,
    format: textOf(flags, 'format') ?? 'json',
    smtp,
    mailAdapter: sources.findLast(({ mailAdapter }) => mailAdapter !== undefined)?.mailAdapter,
    ignored: [...new Set(sources.flatMap(({ ignored }) => ignored))],
    options: withOrigins(
      Object.assign({}, ...sources.map((source) => source.options), options),
      originsIn(sources, options, textOf(flags, 'config') ?? ''),
    ),
  };
};
