import type { ErrorBody } from '../../graphql/errors.ts';
import type { Options } from '../../options/table.ts';
import { ERROR_CODES, type ErrorName } from '../../parse/error.ts';
import { isObject, type Json } from '../../parse/record.ts';
import type { RestResponse } from '../../rest/routes.ts';
import type { HttpResponse } from '../wire/message.ts';

/** The codes of errors that GraphQL itself has, not Parse. */
type GraphQLCode = 'BAD_USER_INPUT' | 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED';

/** Why an error came about and what helps, for the words of its message; the first row that fits counts. */
type Row = readonly [words: RegExp, cause: string, hint: string];

const ANY = /(?:)/;

const RESET = 'Reset the emulator between tests, or choose another.';
const SEND_SESSION = 'Send X-Parse-Session-Token; emulator.headersFor(username) gives a good one.';
const COMPARE_FIELDS = 'Compare it with emulator.printSchema(); fields come from the option schema, or from the seed.';

const ACCOUNTS: { readonly [Name in ErrorName]?: readonly Row[] } = {
  OBJECT_NOT_FOUND: [
    [
      /username\/password/,
      'Nobody has this username or address, or the password is another; Parse does not tell which.',
      'Seed the user, or make it with emulator.users.create({ username, password }).',
    ],
    [
      /locked/,
      'The option accountLockout: so many wrong passwords in a row lock the account.',
      'Move the time on, emulator.clock.advance({ minutes }), or reset the emulator.',
    ],
    [
      /password has expired/,
      'The option passwordPolicy.maxPasswordAge: the password is older.',
      'Set a new one through the mail of resetPassword; its link is in emulator.outbox.',
    ],
    [
      /auth is invalid/,
      'The third party does not know what authData says.',
      'Send an access token that the option auth lists, and the id that belongs to it.',
    ],
    [
      ANY,
      'There is no such object, or its ACL hides it from the one who asks.',
      'Look at emulator.snapshot(), and send the session token of a user who may read it.',
    ],
  ],
  USERNAME_MISSING: [[ANY, 'The username is missing or empty.', 'Send a text that is not empty.']],
  PASSWORD_MISSING: [[ANY, 'The password is missing or empty.', 'Send a text that is not empty.']],
  USERNAME_TAKEN: [[ANY, 'The username is taken, maybe in another case.', RESET]],
  EMAIL_MISSING: [[ANY, 'The address is missing or empty.', 'Send a text that is not empty.']],
  EMAIL_TAKEN: [[ANY, 'The address is taken, maybe in another case.', RESET]],
  EMAIL_NOT_FOUND: [
    [/verified/, 'preventLoginWithUnverifiedEmail is on.', 'Call emulator.users.verifyEmail(username).'],
    [ANY, 'Nobody has this address.', 'Seed the user, or make it with emulator.users.create({ username, email }).'],
  ],
  INVALID_EMAIL_ADDRESS: [[ANY, 'The text is no email address.', 'Send one such as name@example.com.']],
  SESSION_MISSING: [[ANY, 'Only users themselves, and the master key, change users.', SEND_SESSION]],
  INVALID_SESSION_TOKEN: [
    [/expired/, 'The session is older than the option sessionLength.', 'Log in again, or move the time on by less.'],
    [ANY, 'No session came with the request, or it has ended: by log-out, a new password or a reset.', SEND_SESSION],
  ],
  ACCOUNT_ALREADY_LINKED: [[ANY, 'Another user has this authData.', RESET]],
  INVALID_LINKED_SESSION: [
    [ANY, 'The third party refuses the session.', 'Send an access token that the option auth lists.'],
  ],
  UNSUPPORTED_SERVICE: [
    [ANY, 'The option auth has no such provider.', 'Name it: auth: { google: true } takes whatever authData comes.'],
  ],
  OTHER_CAUSE: [
    [/already verified/, 'The address is verified.', 'Nothing is left to do; a new user begins unverified.'],
    [ANY, 'A token or a second factor is missing.', 'Take the token from the link in emulator.outbox.'],
  ],
};

const OBJECTS: { readonly [Name in ErrorName]?: readonly Row[] } = {
  INTERNAL_SERVER_ERROR: [
    [ANY, 'Something failed inside; clients are told no more.', 'Read what the emulator printed on the console.'],
  ],
  INVALID_QUERY: [[ANY, 'A constraint, an order or a page makes no sense.', COMPARE_FIELDS]],
  INVALID_CLASS_NAME: [
    [ANY, 'The name is taken, is no name for a class, or is that of none.', 'Classes come from the option schema.'],
  ],
  MISSING_OBJECT_ID: [[ANY, 'An object id is missing or empty.', 'Send objectId, or the global id of GraphQL.']],
  INVALID_KEY_NAME: [[ANY, 'The field may not be written, or its name is none.', COMPARE_FIELDS]],
  INVALID_POINTER: [[ANY, 'A pointer or relation is not formed as one.', 'Send className and objectId, or link.']],
  INVALID_JSON: [[ANY, 'A value does not have the form that it must.', COMPARE_FIELDS]],
  COMMAND_UNAVAILABLE: [[ANY, 'Parse has no such operation on a field.', 'Set the value as a whole.']],
  CONNECTION_FAILED: [
    [
      ANY,
      'The option rateLimit: the path had so many requests already.',
      'Move the time on, emulator.clock.advance({ minutes }), or allow more.',
    ],
  ],
  PUSH_MISCONFIGURED: [
    [
      ANY,
      'The emulator pushes nothing, as a server without a push adapter.',
      'Answer the call in the test itself, such as by a handler of MSW.',
    ],
  ],
  DUPLICATE_REQUEST: [
    [
      ANY,
      'The option idempotencyOptions: the id of the request was used before.',
      'Send another X-Parse-Request-Id, or move the time on by the ttl.',
    ],
  ],
  INCORRECT_TYPE: [[ANY, 'The field has another type, or is needed.', COMPARE_FIELDS]],
  OPERATION_FORBIDDEN: [
    [
      ANY,
      'The permissions of the class or the object do not allow this to the one who asks.',
      'Log in as a user who may, change the permissions in the seed, or send the master key.',
    ],
  ],
  INVALID_FILE_NAME: [
    [ANY, 'The file has no name, or one that it may not have.', 'Letters, digits, . and - are fine.'],
  ],
  INVALID_ACL: [[ANY, 'The ACL is none.', 'Its form is { "USER_ID or role:NAME or *": { read: true, write: true } }.']],
  FILE_SAVE_ERROR: [
    [ANY, 'The option fileUpload does not let the one who asks upload, or not such a file.', 'Log in, or set it.'],
  ],
  FILE_DELETE_ERROR: [[ANY, 'There is no such file, or the master key is missing.', 'Send the master key.']],
  DUPLICATE_VALUE: [[ANY, 'A value is taken of which there may be one only, such as the name of a role.', RESET]],
  CLASS_NOT_EMPTY: [[ANY, 'The class has objects.', 'Delete them first.']],
  SCRIPT_FAILED: [
    [/Invalid function/, 'There is no such function.', 'Give it: the option functions: { name: (request) => … }.'],
    [ANY, 'The function of the application threw this.', 'Look at what the option functions has for the name.'],
  ],
  VALIDATION_ERROR: [
    [/required/, 'A field that is needed is missing.', COMPARE_FIELDS],
    [ANY, 'The password is not as the option passwordPolicy wants it.', 'Choose another, or change the policy.'],
  ],
  INVALID_IMAGE_DATA: [[ANY, 'The data is no image.', 'Send an image.']],
  INVALID_VALUE: [[ANY, 'An argument cannot be taken.', 'Compare it with what the message names.']],
};

const GRAPHQL: { readonly [Code in GraphQLCode]: readonly Row[] } = {
  GRAPHQL_PARSE_FAILED: [[ANY, 'The text is no GraphQL.', 'Look at the line and the column in locations.']],
  GRAPHQL_VALIDATION_FAILED: [
    [
      ANY,
      'The document does not fit the schema of the present classes.',
      'Compare it with emulator.printSchema(); classes come from the option schema or from the seed.',
    ],
  ],
  BAD_USER_INPUT: [[ANY, 'A variable has another type than the schema wants.', COMPARE_FIELDS]],
};

// Such an answer has no code.
const CREDENTIALS: readonly Row[] = [
  [
    /^unauthorized$/,
    'The request names another application id than the emulator has, or none, or not one of its client keys; or the master key comes from a page or an address where it does not count.',
    'Compare X-Parse-Application-Id, and the keys if there are any, with emulator.options; for the master key, see the options masterKeyIps and allowOrigin.',
  ],
];

const rows = new Map<unknown, readonly Row[]>([
  [undefined, CREDENTIALS],
  ...Object.entries({ ...ACCOUNTS, ...OBJECTS }).map(
    ([name, found]) => [ERROR_CODES[name as ErrorName], found] as const,
  ),
  ...Object.entries(GRAPHQL),
]);

const FAULT: Row = [
  /^A fault of the emulator's/,
  'A fault that the emulator was given hit this call.',
  'Take it back: emulator.faults.clear(), or DELETE /emulator/faults.',
];

/** Why an error came about, and what mends it. */
export type Explanation = { readonly cause: string; readonly hint: string };

/** Finds the explanation of an error by its code and its words; undefined for one of the application's own. */
export const findExplanation = (code: unknown, message: string): Explanation | undefined => {
  const [, cause, hint] = [FAULT, ...(rows.get(code) ?? [])].find(([words]) => words.test(message)) ?? [];
  return cause && hint ? { cause, hint } : undefined;
};

/** Adds cause and hint to an error of GraphQL that has some. */
export const explain = (error: ErrorBody): ErrorBody => {
  const emulator = findExplanation(error.extensions?.['code'], error.message);
  return emulator ? { ...error, extensions: { ...error.extensions, emulator } } : error;
};

const explainOne = (error: Json | undefined): Json | undefined => {
  if (!isObject(error) || typeof error['error'] !== 'string') return error;
  const emulator = findExplanation(error['code'], error['error']);
  return emulator ? { ...error, emulator } : error;
};

/** The same for a REST answer that is an error, or that of a batch with errors in it. */
export const explainRest = ({ status, body, ...rest }: RestResponse): RestResponse => {
  if (status >= 400) return { ...rest, status, body: explainOne(body) };
  if (!Array.isArray(body)) return { ...rest, status, body };
  const answers = body.map((one: Json) =>
    isObject(one) && isObject(one['error']) ? { ...one, error: explainOne(one['error']) ?? null } : one,
  );
  return { ...rest, status, body: answers };
};

/** The same, where the option wants it, for an answer of either protocol to credentials, whose body is a text already. */
export const explainRefusal = (answer: HttpResponse, { explain }: Pick<Options, 'explain'>): HttpResponse =>
  explain && typeof answer.body === 'string'
    ? { ...answer, body: JSON.stringify(explainOne(JSON.parse(answer.body) as Json)) }
    : answer;
