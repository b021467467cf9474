import yargs, { type Options as FlagSettings } from 'yargs';
import { isOptionName } from '../../options/check.ts';
import type { OptionKind } from '../../options/table.ts';
import { didYouMean } from '../../parse/did-you-mean.ts';
import { isConfigurationFile } from './configuration/file.ts';
import { FOREIGN_FLAGS, OPTION_FLAGS, type OptionFlag, OWN_FLAGS, toKebabCase } from './flags.ts';
import { REMOTE_FLAGS, type RemoteCommand } from './remote/flags.ts';
import { UsageError } from './usage-error.ts';

const COMMANDS = ['schema', 'export', 'exec', 'mcp', 'pull', 'verify', 'record'] as const;

type NamedCommand = (typeof COMMANDS)[number];

/** A command that has a name, and works on this machine. */
export type LocalCommand = Exclude<NamedCommand, RemoteCommand>;

/** What the command line asks for. */
export type Command = 'serve' | NamedCommand | 'help' | 'options' | 'version';

/** The command line taken apart; the values of the options are looked at later. */
export type CommandLine = {
  readonly command: Command;
  /** The command that `--help` stands behind. */
  readonly topic?: NamedCommand | undefined;
  /** The last value of each flag that was given, by its name in kebab-case. */
  readonly flags: ReadonlyMap<string, string | boolean>;
  readonly seeds: readonly string[];
  /** The patterns of `--documents`. */
  readonly documents: readonly string[];
  /** The command behind `--` that `exec` runs. */
  readonly tail: readonly string[];
};

const BOOLEAN: readonly OptionKind[] = ['flag', 'condition', 'mailCondition'];

const isBoolean = ({ kind }: OptionFlag): boolean => BOOLEAN.includes(kind);

const SETTINGS: { readonly [flag: string]: FlagSettings } = {
  ...Object.fromEntries([...FOREIGN_FLAGS.keys()].map((flag): [string, FlagSettings] => [flag, { type: 'string' }])),
  ...Object.fromEntries(
    OPTION_FLAGS.map((option): [string, FlagSettings] => [
      option.flag,
      isBoolean(option) ? { type: 'boolean' } : { type: 'string', requiresArg: option.kind !== 'emailAdapter' },
    ]),
  ),
  ...Object.fromEntries(
    [...OWN_FLAGS, ...REMOTE_FLAGS].map(({ flag, value, isList }): [string, FlagSettings] => [
      flag,
      value === undefined ? { type: 'boolean' } : { string: true, requiresArg: true, array: isList === true },
    ]),
  ),
  help: { type: 'boolean', alias: 'h' },
  version: { type: 'boolean', alias: 'v' },
};

const FOREIGN_NAMES = new Set(FOREIGN_FLAGS.values());

/** `--appId` and `--no-verifyUserEmails` are as good as the forms in kebab-case. */
const toKebabFlag = (argument: string): string =>
  argument.replace(/^(--(?:no-)?)([A-Za-z]+)(?==|$)/, (whole, dashes: string, name: string) =>
    isOptionName(name) || FOREIGN_NAMES.has(name) ? `${dashes}${toKebabCase(name)}` : whole,
  );

/** yargs stumbles over names that every object has, and would take `--memory=1` for false. */
const checkArgument = (argument: string): void => {
  const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
  if (name in Object.prototype) throw new UsageError(`There is no flag --${name}.`);
  if (value === undefined || value === 'true' || value === 'false') return;
  if (SETTINGS[name]?.type === 'boolean') throw new UsageError(`--${name} must be true or false, not "${value}"`);
};

const parse = (argv: readonly string[]): { readonly [name: string]: unknown } =>
  yargs(argv.map(toKebabFlag))
    .locale('en')
    .help(false) // both are flags like the others, and help.ts writes what fits a screen
    .version(false)
    .options(SETTINGS)
    .exitProcess(false)
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
    })
    .fail((message) => {
      throw new UsageError(message.replace('following: ', 'following --'));
    })
    .parseSync();

const checkNames = (names: readonly string[]): void => {
  for (const name of names) {
    if (Object.hasOwn(SETTINGS, name)) continue;
    const written = name.length === 1 ? `-${name}` : `--${name}`;
    const known = Object.keys(SETTINGS).map((flag) => `--${flag}`);
    throw new UsageError(`There is no flag ${written}.${didYouMean(written, known).replaceAll('"', '')}`);
  }
};

/** Whether a command runs another one. */
const runsAnother = (command: string | undefined): command is 'exec' | 'record' =>
  command === 'exec' || command === 'record';

/** What a command says that runs another one, and has none. */
export const needsCommand = (
  words: readonly string[] = ['npm', 'test'],
  command: 'exec' | 'record' = 'exec',
): UsageError => new UsageError(`${command} needs a command behind --, such as: ${command} -- ${words.join(' ')}`);

const findCommand = (word: string): NamedCommand => {
  const command = COMMANDS.find((name) => name === word);
  if (command) return command;
  throw new UsageError(`There is no command "${word}".${didYouMean(word, COMMANDS)}`);
};

/** What a person wants help with: `export --help`, `help export`, `--help export`. */
const topicOf = (words: readonly string[]): NamedCommand | undefined => {
  const topic = words.find((word) => word !== 'help');
  return topic === undefined ? undefined : findCommand(topic);
};

const toCommand = (words: readonly string[], flags: ReadonlyMap<string, unknown>): Command => {
  const [word, ...more] = words;
  if (flags.get('version') === true) return 'version';
  if (flags.get('help') === true || word === 'help') return words.includes('options') ? 'options' : 'help';
  const command = word === undefined ? undefined : findCommand(word);
  if (more.length > 0 && runsAnother(command)) throw needsCommand(more, command);
  if (more.length > 0) throw new UsageError(`There is a word too many: "${more[0]}"`);
  return command ?? 'serve';
};

/** A word that names a configuration file, as Parse Server's command takes one. */
const takeConfiguration = (words: string[], flags: Map<string, string | boolean>): void => {
  const at = words.findIndex(isConfigurationFile);
  if (at !== -1 && words[0] !== 'export' && !flags.has('config')) flags.set('config', words.splice(at, 1).join());
};

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** `--url` is about an emulator that runs: with it, `mcp` makes none. */
const checkUrl = (command: Command, flags: CommandLine['flags']): void => {
  if (!flags.has('url')) return;
  if (command !== 'mcp') throw new UsageError('--url is for mcp: it says where an emulator runs');
  const vain = [...flags.keys()].find((flag) => !['url', 'app-id', 'master-key'].includes(flag));
  if (vain !== undefined)
    throw new UsageError(`--url names an emulator that runs already: --${vain} says nothing to it`);
};

/** Takes a command line apart. Throws a `UsageError` for a flag or a command that there is none of. */
export const readCommandLine = (whole: readonly string[]): CommandLine => {
  const at = whole.indexOf('--');
  const [argv, tail] = at === -1 ? [whole, []] : [whole.slice(0, at), whole.slice(at + 1)];
  for (const argument of argv) checkArgument(toKebabFlag(argument));
  const { _: words, $0: _name, seed, documents, ...given } = parse(argv);
  checkNames(Object.keys(given));
  const flags = new Map<string, string | boolean>();
  for (const [flag, value] of Object.entries(given)) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === 'string' || typeof last === 'boolean') flags.set(flag, last);
  }
  const named = texts(words);
  takeConfiguration(named, flags);
  const command = toCommand(named, flags);
  checkUrl(command, flags);
  if (tail.length > 0 && !runsAnother(command)) {
    throw new UsageError(`Only exec and record take words behind --: "${tail[0]}"`);
  }
  const topic = command === 'help' ? topicOf(named) : undefined;
  return { command, topic, flags, seeds: texts(seed), documents: texts(documents), tail };
};
