import type { ErrorBody } from '../graphql/errors.ts';

/** Why an error came about, and what helps. */
type Explanation = { readonly cause: string; readonly mend: string };

/** The first row whose code, and whose words if it has any, are the error's. */
const ROWS: readonly (readonly [code: number | string, words: RegExp, explanation: Explanation])[] = [
  [
    101,
    /username\/password/,
    {
      cause: 'Nobody has this username or address, or the password is another; Parse does not tell which.',
      mend: 'Seed the user, or make it with emulator.users.create({ username, password }).',
    },
  ],
  [
    101,
    /./,
    {
      cause: 'There is no such object, or its ACL hides it from the one who asks.',
      mend: 'Look at emulator.snapshot(), and send the session token of a user who may read it.',
    },
  ],
  [
    119,
    /./,
    {
      cause: 'The permissions of the class or the object do not allow this to the one who asks.',
      mend: 'Log in as a user who may, change the permissions in the seed, or send the master key.',
    },
  ],
  [
    209,
    /./,
    {
      cause: 'No session came with the request, or it has ended.',
      mend: 'Send X-Parse-Session-Token; emulator.headersFor(username) gives a good one.',
    },
  ],
  [202, /./, { cause: 'The username is taken, maybe in another case.', mend: 'Reset the emulator between tests.' }],
  [203, /./, { cause: 'The address is taken, maybe in another case.', mend: 'Reset the emulator between tests.' }],
  [
    205,
    /verified/,
    { cause: 'preventLoginWithUnverifiedEmail is on.', mend: 'Call emulator.users.verifyEmail(username).' },
  ],
  [
    'GRAPHQL_VALIDATION_FAILED',
    /./,
    {
      cause: 'The document does not fit the schema of the present classes.',
      mend: 'Compare it with emulator.printSchema(); classes come from the option schema or from the seed.',
    },
  ],
];

/** Adds cause and mend to an error that has some. */
export const explain = (error: ErrorBody): ErrorBody => {
  const { code } = error.extensions ?? {};
  const [, , explanation] = ROWS.find(([known, words]) => known === code && words.test(error.message)) ?? [];
  return explanation ? { ...error, extensions: { ...error.extensions, emulator: explanation } } : error;
};
