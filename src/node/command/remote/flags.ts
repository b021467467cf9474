import type { OwnFlag } from '../flags.ts';

/** The commands that ask a server elsewhere. */
export const REMOTE_COMMANDS = ['pull', 'verify', 'record'] as const;

/** The name of one of them. */
export type RemoteCommand = (typeof REMOTE_COMMANDS)[number];

/** A flag of these commands. */
export type RemoteFlag = OwnFlag & { readonly commands: readonly RemoteCommand[] };

/** Their flags, beside `--app-id`, `--master-key` and those that start the emulator. */
export const REMOTE_FLAGS: readonly RemoteFlag[] = [
  { commands: ['pull'], flag: 'from', value: 'URL', text: 'The address of REST: https://api.example.com/parse' },
  { commands: ['verify'], flag: 'against', value: 'URL', text: 'The address of REST: https://api.example.com/parse' },
  { commands: ['record'], flag: 'forward', value: 'URL', text: 'The address of REST: https://api.example.com/parse' },
  { commands: ['verify'], flag: 'recording', value: 'FILE', text: 'Hold the emulator against a recording, offline' },
  {
    commands: ['verify', 'record'],
    flag: 'graphql',
    value: 'URL',
    text: 'The address of GraphQL, if it is not beside REST',
  },
  {
    commands: ['verify'],
    flag: 'documents',
    value: 'PATTERN...',
    isList: true,
    text: "Your own GraphQL: 'src/**/*.graphql'",
  },
  { commands: ['verify'], flag: 'variables', value: 'FILE', text: 'JSON: variables by the names of operations' },
  { commands: ['verify'], flag: 'requests', value: 'FILE', text: 'A HAR, or what GET /emulator/requests answered' },
  { commands: ['verify'], flag: 'read-only', text: 'Leave out all that writes' },
  { commands: ['verify'], flag: 'report', value: 'FORM', text: 'text, json, junit or markdown (text)' },
  { commands: ['verify'], flag: 'allow', value: 'FILE', text: 'Names of steps that may differ, one a line' },
  {
    commands: ['pull', 'verify', 'record'],
    flag: 'out',
    value: 'FILE',
    text: 'Where it is written to (parse.config.json; a report: printed)',
  },
  { commands: ['pull'], flag: 'users', value: 'NUMBER', text: 'How many users come along (0)' },
  { commands: ['pull'], flag: 'classes', value: 'NAMES', text: 'The classes of which rows come along; * for all' },
  { commands: ['pull'], flag: 'rows', value: 'NUMBER', text: 'How many rows of each (50)' },
  { commands: ['pull'], flag: 'keep', value: 'FIELDS', text: 'What is not made anonymous: status, or Todo.status' },
  { commands: ['pull'], flag: 'password', value: 'TEXT', text: 'The password that every user gets (secret)' },
  { commands: ['pull'], flag: 'check', text: 'Write nothing, and end with 1 if something changed' },
];
