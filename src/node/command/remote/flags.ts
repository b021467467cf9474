import type { OwnFlag } from '../flags.ts';

/** The commands that ask a server elsewhere. */
export const REMOTE_COMMANDS = ['pull'] as const;

/** The name of one of them. */
export type RemoteCommand = (typeof REMOTE_COMMANDS)[number];

/** A flag of these commands. */
export type RemoteFlag = OwnFlag & { readonly commands: readonly RemoteCommand[] };

/** Their flags, beside `--app-id`, `--master-key` and those that start the emulator. */
export const REMOTE_FLAGS: readonly RemoteFlag[] = [
  { commands: ['pull'], flag: 'from', value: 'URL', text: 'The address of REST: https://api.example.com/parse' },
  { commands: ['pull'], flag: 'out', value: 'FILE', text: 'Where the configuration goes (parse.config.json)' },
  { commands: ['pull'], flag: 'users', value: 'NUMBER', text: 'How many users come along (0)' },
  { commands: ['pull'], flag: 'classes', value: 'NAMES', text: 'The classes of which rows come along; * for all' },
  { commands: ['pull'], flag: 'rows', value: 'NUMBER', text: 'How many rows of each (50)' },
  { commands: ['pull'], flag: 'keep', value: 'FIELDS', text: 'What is not made anonymous: status, or Todo.status' },
  { commands: ['pull'], flag: 'password', value: 'TEXT', text: 'The password that every user gets (secret)' },
  { commands: ['pull'], flag: 'check', text: 'Write nothing, and end with 1 if something changed' },
];
