import type { EmulatorOptions } from '../../src/options/table.ts';
import type { Examples } from './sdk-example.ts';
import { LIVE } from './sdk-live.ts';
import { OBJECTS, QUERIES, RELATIONS, ROLES } from './sdk-objects.ts';
import { FUNCTIONS, SERVICES } from './sdk-services.ts';
import { SESSIONS, THIRD_PARTIES, USERS } from './sdk-users.ts';

/** The options that the examples count on. */
export const OPTIONS: EmulatorOptions = {
  bcryptRounds: 4,
  allowClientClassCreation: true,
  auth: { facebook: { accessTokens: ['valid'] } },
  liveQuery: { classNames: ['Todo'] },
};

/** Those of `Parse.Cloud`. */
export const FUNCTIONS_OPTION: NonNullable<EmulatorOptions['functions']> = {
  greet: ({ params, user }) => `Hello ${params['name']}, said ${user ? user['username'] : 'nobody'}`,
};

/** What the Parse JavaScript SDK does with an emulator, whatever stands between the two. */
export const SDK_EXAMPLES: { readonly [part: string]: Examples } = {
  'Parse.User': USERS,
  'Parse.AnonymousUtils': THIRD_PARTIES,
  'Parse.Session': SESSIONS,
  'Parse.Object': OBJECTS,
  'Parse.Query': QUERIES,
  'Parse.Role': ROLES,
  'Parse.Relation': RELATIONS,
  'Parse.Cloud': FUNCTIONS,
  'Parse.LiveQuery': LIVE,
  'the rest of the SDK': SERVICES,
};
