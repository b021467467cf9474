import type { JsonObject } from '../../parse/record.ts';
import { askGraphQL } from './graphql.ts';
import { steeringTools } from './steering-tools.ts';
import type { Argument, Subject, Tool } from './tool.ts';

const username: Argument = { type: 'string', description: 'The name of the user, letter case and all' };

/** A user as an agent may see one: without hashes and tokens, whose names begin with an underscore in a snapshot. */
const toPublic = (record: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith('_') && name !== 'authData'));

const nameOf = ({ username: name }: JsonObject): string => String(name);

const USER_TOOLS: readonly Tool[] = [
  {
    name: 'list_users',
    description: 'All users, without passwords.',
    arguments: {},
    run: async (_given, { emulator }) => ((await emulator.snapshot())['_User'] ?? []).map(toPublic),
  },
  {
    name: 'find_user',
    description: 'One user by name; null when there is none.',
    arguments: { username },
    needed: ['username'],
    run: async (given, { emulator }) => (await emulator.users.find(nameOf(given))) ?? null,
  },
  {
    name: 'create_user',
    description: 'Makes a user, by the rules of Parse Server. Further fields of the user may be given.',
    arguments: {
      username,
      password: { type: 'string', description: 'The password; "secret" if not given' },
      email: { type: 'string', description: 'The address' },
    },
    needed: ['username'],
    isOpen: true,
    run: (given, { emulator }) => emulator.users.create({ ...given, username: nameOf(given) }),
  },
  {
    name: 'verify_email',
    description: 'Verifies the address of a user, as the link in the mail does.',
    arguments: { username },
    needed: ['username'],
    run: (given, { emulator }) => emulator.users.verifyEmail(nameOf(given)).then(() => 'verified'),
  },
  {
    name: 'log_in_as',
    description:
      'Opens a session for a user without a password. Answers the headers of a client that is logged in, session token among them.',
    arguments: { username },
    needed: ['username'],
    run: (given, { emulator }) => emulator.headersFor(nameOf(given)),
  },
];

const ABOUT: Tool = {
  name: 'about',
  description:
    'Where the emulator is: addresses of GraphQL and REST, application ids, and the headers of a client that is not logged in.',
  arguments: {},
  run: async (_given, { emulator }: Subject) => ({
    url: emulator.url,
    ...(await emulator.about()),
    headers: await emulator.headersFor(),
  }),
};

const GRAPHQL: Tool = {
  name: 'graphql',
  description:
    'Sends a GraphQL document to the emulator: as a user, as the master, or as a stranger. Answers the status and the body, errors of Parse among them.',
  arguments: {
    query: { type: 'string', description: 'The document, such as { viewer { user { username } } }' },
    variables: { type: 'object', description: 'Its variables' },
    as: { type: 'string', description: 'The name of the user who asks, who is logged in for it without a password' },
    asMaster: { type: 'boolean', description: 'Whether it is asked with the master key, past all rights' },
  },
  needed: ['query'],
  run: askGraphQL,
};

/** What an agent can do with an emulator. */
export const TOOLS: readonly Tool[] = [ABOUT, GRAPHQL, ...USER_TOOLS, ...steeringTools];
