import type { OptionGroup } from '../../options/table.ts';
import { OPTION_FLAGS, type OptionFlag, OWN_FLAGS, type OwnFlag } from './flags.ts';
import { helpRow as row } from './help-rows.ts';

const FLAG_WIDTH = 23;

/** The options that the short help shows; the others fill a screen of their own. */
const COMMON: ReadonlySet<string> = new Set(['app-id', 'verify-user-emails']);

const HEADINGS: { readonly [group in OptionGroup]: string } = {
  keys: 'Keys',
  server: 'Server',
  users: 'Users',
  mail: 'Mail',
  passwords: 'Passwords',
  sessions: 'Sessions',
  classes: 'Classes',
  emulator: 'The emulator itself',
};

const ownRow = ({ flag, value, text }: OwnFlag, width: number): string =>
  row(`--${flag}${value ? ` ${value}` : ''}`, text, width);

const toText = ({ text, default: value }: OptionFlag): string => {
  if (value === undefined || value === false) return text;
  return `${text} (${value === true ? 'on' : value})`;
};

/** What `--help` prints: a screenful. */
export const shortHelp = (): string =>
  [
    "Parse Server's users for development and tests: GraphQL and REST, no database.",
    '',
    '  parse-users-emulator [flags]              start it',
    '  parse-users-emulator schema [flags]       print the GraphQL schema',
    '  parse-users-emulator export [--db FILE]   print the data as JSON',
    '  parse-users-emulator exec -- COMMAND      start it for one command',
    '  parse-users-emulator mcp [--url ADDRESS]  give it to a coding agent, by MCP',
    '  parse-users-emulator pull|verify|record   your Parse Server beside it',
    ...OWN_FLAGS.filter(({ flag, group }) => flag !== 'format' && !group).map((own) => ownRow(own, FLAG_WIDTH)),
    ...OPTION_FLAGS.filter(({ flag }) => COMMON.has(flag)).map((option) =>
      row(`--${option.flag}`, toText(option), FLAG_WIDTH),
    ),
    row('--help options', 'Every option that there is; COMMAND --help: more of one', FLAG_WIDTH),
    row('--version', 'Print the version', FLAG_WIDTH),
    '',
    'Example: parse-users-emulator --port 1337 --db users.json --seed demo',
  ].join('\n');

const LONG_FLAG_WIDTH = 29;

const optionRow = (option: OptionFlag): string =>
  option.kind === 'emailAdapter'
    ? row(`--no-${option.flag}`, 'No mail can be sent', LONG_FLAG_WIDTH)
    : row(`--${option.flag}`, toText(option), LONG_FLAG_WIDTH);

/** What `--help options` prints: the flags of all options of the emulator, by their groups. */
export const longHelp = (): string =>
  [
    '--no-NAME turns off what is on. A list is written with commas, an object as JSON',
    'text or as the name of a JSON file. In the file of --config each option stands',
    'under its name in camel case: { "verifyUserEmails": true }.',
    ...Object.entries(HEADINGS).flatMap(([group, heading]) => [
      '',
      `${heading}:`,
      ...OPTION_FLAGS.filter((option) => option.group === group).map(optionRow),
      ...OWN_FLAGS.filter((own) => own.group === group).map((own) => ownRow(own, LONG_FLAG_WIDTH)),
    ]),
  ].join('\n');
