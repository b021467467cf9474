import { helpRow } from '../help-rows.ts';
import { REMOTE_COMMANDS, REMOTE_FLAGS, type RemoteCommand } from './flags.ts';

const WIDTH = 23;

const SUMMARIES: { readonly [Name in RemoteCommand]: string } = {
  pull: "Reads a running Parse Server's classes, permissions and parameters into a configuration, and rows into fixtures.",
  record:
    'Runs a command against a real Parse Server, and keeps what was asked and answered: record --forward URL -- npm test',
  verify:
    'Asks a running Parse Server and the emulator the same, and tells where they differ. --config and all options say what the emulator is.',
};

/** What `pull --help` and its like print. */
export const remoteHelp = (command: RemoteCommand): string =>
  [
    SUMMARIES[command],
    '',
    ...REMOTE_FLAGS.filter(({ commands }) => commands.includes(command)).map(({ flag, value, text }) =>
      helpRow(`--${flag}${value ? ` ${value}` : ''}`, text, WIDTH),
    ),
    helpRow('--app-id TEXT', 'The application id of the server; or the variable PARSE_APPLICATION_ID', WIDTH),
    helpRow(
      '--master-key TEXT',
      'Its master key; or PARSE_MASTER_KEY, else it is asked for. It is kept nowhere',
      WIDTH,
    ),
  ].join('\n');

/** Whether a word is one of these commands. */
export const isRemoteCommand = (word: string): word is RemoteCommand => REMOTE_COMMANDS.some((name) => name === word);
