import type { LocalCommand } from './command-line.ts';
import { OWN_FLAGS } from './flags.ts';
import { helpRow } from './help-rows.ts';

const WIDTH = 23;

type CommandHelp = {
  readonly usage: string;
  /** What it does, line by line. */
  readonly does: readonly string[];
  /** The flags of the command line's own that count for it. */
  readonly flags: readonly string[];
  /** Whether the options of the emulator count, too. */
  readonly hasOptions?: boolean;
  readonly examples: readonly string[];
};

const HELP: { readonly [command in LocalCommand]: CommandHelp } = {
  schema: {
    usage: 'schema [flags]',
    does: [
      'Prints the GraphQL schema with its descriptions, for code generators and editors.',
      'Classes come from --schema, from --seed, or from a data file that --db names.',
    ],
    flags: ['db', 'seed', 'config'],
    hasOptions: true,
    examples: ['schema --seed demo > schema.graphql', 'schema --db users.json --no-legacy-forms'],
  },
  export: {
    usage: 'export [--db FILE] [--format FORMAT]',
    does: [
      'Prints the data of a data file as JSON, also while an emulator uses it.',
      'The format json (if none is given) is that of fixtures, parse the one that a real',
      'Parse Server is filled with: passwords stay, sessions do not.',
    ],
    flags: ['db', 'format', 'config'],
    examples: ['export > backup.json', 'export --db users.json --format parse > export.json'],
  },
  exec: {
    usage: 'exec [flags] -- COMMAND',
    does: [
      'Starts the emulator at a free port, runs the command once it answers, and ends',
      'with its exit code. Nothing is kept on disk, unless --db names a file.',
      'The command finds in its environment: PARSE_GRAPHQL_URL, PARSE_SERVER_URL,',
      'PARSE_EMULATOR_URL, PARSE_APPLICATION_ID, PARSE_MASTER_KEY.',
    ],
    flags: ['port', 'host', 'db', 'seed', 'config', 'verbose'],
    hasOptions: true,
    examples: ['exec -- npm test', 'exec --seed demo -- npx playwright test'],
  },
  mcp: {
    usage: 'mcp [--url ADDRESS] [flags]',
    does: [
      'Gives the emulator to a coding agent, by the Model Context Protocol on standard',
      'input and output: users, log-in, mail, requests and their causes, faults, time,',
      'GraphQL. It takes the one that runs at --url, or makes one in memory.',
    ],
    flags: ['url', 'port', 'db', 'seed', 'config'],
    hasOptions: true,
    examples: ['mcp --url http://localhost:1337', 'mcp --seed demo'],
  },
};

/** What `--help` prints behind the name of a command. */
export const commandHelp = (command: LocalCommand): string => {
  const { usage, does, flags, hasOptions, examples } = HELP[command];
  return [
    `parse-users-emulator ${usage}`,
    '',
    ...does,
    '',
    ...OWN_FLAGS.filter(({ flag }) => flags.includes(flag)).map(({ flag, value, text }) =>
      helpRow(`--${flag}${value ? ` ${value}` : ''}`, text, WIDTH),
    ),
    ...(hasOptions ? [helpRow('--help options', 'The options of the emulator, which count here, too', WIDTH)] : []),
    '',
    examples.length > 1 ? 'Examples:' : 'Example:',
    ...examples.map((example) => `  parse-users-emulator ${example}`),
  ].join('\n');
};
