import type { Say } from '../../http/explanations/say.ts';
import { isOptionName } from '../../options/check.ts';
import { OPTIONS, type OptionGroup, type OptionKind, type OptionName } from '../../options/table.ts';
import { MATTERING, NO_DIFFERENCE } from './configuration/foreign-options.ts';

/** A flag of the command line that stands for an option of the emulator. */
export type OptionFlag = {
  /** `verify-user-emails` */
  readonly flag: string;
  readonly name: OptionName;
  readonly kind: OptionKind;
  readonly group: OptionGroup;
  readonly text: string;
  readonly default?: string | number | boolean | readonly string[];
};

/** What only a program can give. */
const PROGRAM_KINDS: ReadonlySet<OptionKind> = new Set([
  'functions',
  'triggers',
  'fileTriggers',
  'mocks',
  'resolvers',
  'seed',
  'persistence',
  'passwordHasher',
  'playgroundAssets',
]);

/** `restAPIKey` → `rest-api-key`, `graphQLPublicIntrospection` → `graphql-public-introspection`. */
export const toKebabCase = (name: string): string =>
  name
    .replace(/graphQL/i, (found) => (found === 'graphQL' ? 'graphql' : 'Graphql'))
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();

/** A flag for every option that can be written as text. */
export const OPTION_FLAGS: readonly OptionFlag[] = Object.keys(OPTIONS)
  .filter(isOptionName)
  .filter((name) => !PROGRAM_KINDS.has(OPTIONS[name].kind))
  .map((name) => ({ flag: toKebabCase(name), name, ...OPTIONS[name] }));

/** A flag of Parse Server's command line for what the emulator has not, by its name there. */
export const FOREIGN_FLAGS: ReadonlyMap<string, string> = new Map(
  [...NO_DIFFERENCE, ...Object.keys(MATTERING), 'graphQLSchema']
    .filter((name) => name !== 'verbose')
    .map((name) => [toKebabCase(name), name]),
);

/** A flag of the command line's own. */
export type OwnFlag = {
  readonly flag: string;
  /** What its value is called in `--help`; none: it takes no value. */
  readonly value?: string;
  readonly isList?: boolean;
  readonly text: string;
  /** Where it stands among the options in the long help; the short one has no place for it. */
  readonly group?: OptionGroup;
};

/** The flags of the command line's own. */
export const OWN_FLAGS: readonly OwnFlag[] = [
  { flag: 'port', value: 'NUMBER', text: 'Where to listen; 0 takes a free port (1337)' },
  { flag: 'host', value: 'NAME', text: 'The address to listen at (127.0.0.1)' },
  { flag: 'db', value: 'FILE', text: 'The JSON file that keeps the data (users.json)' },
  { flag: 'repair', group: 'server', text: 'Keep what stands before the damage in a journal, and set the rest aside' },
  { flag: 'memory', text: 'Keep nothing on disk' },
  { flag: 'seed', value: 'FILE...', isList: true, text: 'Fixtures to begin with (demo: ours), unless there is data' },
  { flag: 'config', value: 'FILE', text: "Options: a JSON file, a module, or Parse Server's own" },
  { flag: 'without', value: 'OPTIONS', group: 'server', text: "Options of Parse Server's to leave out, with commas" },
  { flag: 'smtp', value: 'ADDRESS', group: 'mail', text: 'Send mail by smtp://127.0.0.1:1025, through nodemailer' },
  { flag: 'format', value: 'FORMAT', text: 'What `export` writes: json, or parse' },
  {
    flag: 'url',
    value: 'ADDRESS',
    group: 'server',
    text: 'The emulator that `mcp` works on; one of its own if not given',
  },
  { flag: 'verbose', text: 'Print a line for each request' },
  { flag: 'quiet', text: 'Print the address and errors only' },
  { flag: 'json', group: 'server', text: 'Print one line of JSON when it is ready' },
];

const FLAG_OF: ReadonlyMap<string, string> = new Map(OPTION_FLAGS.map(({ name, flag }) => [name, `--${flag}`]));

/** How explanations speak to those who run the command: of flags, and of the control routes. */
export const ON_COMMAND_LINE: Say = {
  option: (name) => FLAG_OF.get(name) ?? `the option ${name}`,
  code: 'the file of --cloud',
  options: 'the flags',
  advance: 'POST /emulator/clock { "minutes": 10 }',
  reset: 'POST /emulator/reset',
  outbox: 'GET /emulator/outbox, and printed above',
  createUser: 'POST /emulator/users { "username": "…", "password": "…" }',
  verifyEmail: 'POST /emulator/users/verify { "username": "…" }',
  headers: 'POST /emulator/headers { "username": "…" }',
  state: 'GET /emulator/state',
  schema: 'parse-users-emulator schema',
  clearFaults: 'DELETE /emulator/faults',
};
