import { ERROR_CODES, type ErrorName } from '../../parse/error.ts';
import type { Row, Say } from './say.ts';

const compareFields = (say: Say): string =>
  `Compare it with ${say.schema}; fields come from ${say.option('schema')}, or from the seed.`;

const reset = (say: Say): string => `Go back to the seed between tests, ${say.reset}, or choose another.`;

const NOT_EMPTY = 'Send a text that is not empty.';

const ACCOUNTS: { readonly [Name in ErrorName]?: Row } = {
  OBJECT_NOT_FOUND: (say) => [
    'There is no such object, or its ACL hides it from the one who asks.',
    `Look at the state, ${say.state}, and send the session token of a user who may read it.`,
  ],
  USERNAME_MISSING: () => ['The username is missing or empty.', NOT_EMPTY],
  PASSWORD_MISSING: () => ['The password is missing or empty.', NOT_EMPTY],
  USERNAME_TAKEN: (say) => ['The username is taken, maybe in another case.', reset(say)],
  EMAIL_MISSING: () => ['The address is missing or empty.', NOT_EMPTY],
  EMAIL_TAKEN: (say) => ['The address is taken, maybe in another case.', reset(say)],
  EMAIL_NOT_FOUND: (say) => ['Nobody has this address.', `Seed the user, or make it: ${say.createUser}.`],
  INVALID_EMAIL_ADDRESS: () => ['The text is not an email address.', 'Send one such as name@example.com.'],
  SESSION_MISSING: (say) => [
    'Only users themselves, and the master key, change users.',
    `Send X-Parse-Session-Token; ${say.headers} gives the headers of a user who is logged in.`,
  ],
  INVALID_SESSION_TOKEN: () => ['There is no live session of this token.', 'Log in again.'],
  ACCOUNT_ALREADY_LINKED: (say) => ['Another user has this authData.', reset(say)],
  INVALID_LINKED_SESSION: (say) => [
    'The third party refuses the session.',
    `Send an access token that ${say.option('auth')} lists.`,
  ],
  UNSUPPORTED_SERVICE: (say) => [
    `There is no such provider in ${say.option('auth')}.`,
    'Name it: { "google": true } takes whatever authData comes.',
  ],
  OTHER_CAUSE: () => ['Something that the request must have is missing.', 'Compare it with what the message names.'],
};

const OBJECTS: { readonly [Name in ErrorName]?: Row } = {
  INTERNAL_SERVER_ERROR: () => [
    'Something failed inside; clients are told no more.',
    'Read what the emulator printed on the console.',
  ],
  INVALID_QUERY: (say) => ['A constraint, an order or a page makes no sense.', compareFields(say)],
  INVALID_CLASS_NAME: (say) => [
    'The name is taken, cannot be the name of a class, or belongs to no class.',
    `Classes come from ${say.option('schema')}, or from the seed.`,
  ],
  MISSING_OBJECT_ID: () => ['An object id is missing or empty.', 'Send objectId, or the global id of GraphQL.'],
  INVALID_KEY_NAME: (say) => ['The field may not be written, or cannot have this name.', compareFields(say)],
  INVALID_POINTER: () => ['A pointer or relation is not formed as one.', 'Send className and objectId, or link.'],
  INVALID_JSON: (say) => ['A value does not have the form that it must.', compareFields(say)],
  COMMAND_UNAVAILABLE: () => ['Parse has no such operation on a field.', 'Set the value as a whole.'],
  CONNECTION_FAILED: () => ['A server that was asked could not be reached.', 'Look whether it runs.'],
  PUSH_MISCONFIGURED: () => [
    'The emulator pushes nothing, as a server without a push adapter.',
    'Answer the call in the test itself, such as by a handler of MSW.',
  ],
  DUPLICATE_REQUEST: (say) => [
    `The id of the request was used before, which ${say.option('idempotencyOptions')} forbids.`,
    'Send another X-Parse-Request-Id, or move the time on by the ttl.',
  ],
  INCORRECT_TYPE: (say) => ['The field has another type.', compareFields(say)],
  OPERATION_FORBIDDEN: () => [
    'The permissions of the class or the object do not allow this to the one who asks.',
    'Log in as a user who may, change the permissions in the seed, or send the master key.',
  ],
  INVALID_FILE_NAME: () => ['The file has no name, or one that it may not have.', 'Letters, digits, . and - are fine.'],
  INVALID_ACL: () => [
    'The ACL is not formed as one.',
    'Its form is { "USER_ID or role:NAME or *": { "read": true, "write": true } }.',
  ],
  FILE_SAVE_ERROR: (say) => [
    `The one who asks may not upload, or not such a file: ${say.option('fileUpload')}.`,
    'Log in, or allow it.',
  ],
  FILE_DELETE_ERROR: () => ['There is no such file.', 'Look at its name.'],
  DUPLICATE_VALUE: (say) => [
    'A value is taken of which there may be one only, such as the name of a role.',
    reset(say),
  ],
  CLASS_NOT_EMPTY: () => ['The class has objects.', 'Delete them first.'],
  SCRIPT_FAILED: (say) => ['Code of the application failed.', `Look at ${say.code}.`],
  VALIDATION_ERROR: (say) => ['A value is not as the class or the policy wants it.', compareFields(say)],
  INVALID_IMAGE_DATA: () => ['The data is not an image.', 'Send an image.'],
  INVALID_VALUE: () => ['An argument cannot be taken.', 'Compare it with what the message names.'],
};

const GRAPHQL: { readonly [code: string]: Row } = {
  BAD_REQUEST: () => [
    'The request is not one that GraphQL over HTTP takes.',
    'POST { "query": "…", "variables": { … } } as JSON.',
  ],
  BAD_USER_INPUT: (say) => ['A variable has another type than the schema wants.', compareFields(say)],
  GRAPHQL_PARSE_FAILED: () => ['The text is not GraphQL.', 'Look at the line and the column in locations.'],
  GRAPHQL_VALIDATION_FAILED: (say) => [
    'The document does not fit the schema of the present classes.',
    `Compare it with ${say.schema}; classes come from ${say.option('schema')} or from the seed.`,
  ],
  OPERATION_RESOLUTION_FAILURE: () => [
    'The document has no operation of this name, or several of which the request names none.',
    'Send operationName, with the name of one of them.',
  ],
  PERSISTED_QUERY_NOT_FOUND: () => [
    'The hash of a query came that the emulator has not seen yet.',
    'Send the query along once; Apollo Client does so by itself.',
  ],
};

/** The explanations of errors whose code says all: Parse's numbers, and the texts of GraphQL's own. */
export const BY_CODE: ReadonlyMap<number | string, Row> = new Map<number | string, Row>([
  ...Object.entries({ ...ACCOUNTS, ...OBJECTS }).map(([name, row]) => [ERROR_CODES[name as ErrorName], row] as const),
  ...Object.entries(GRAPHQL),
]);
