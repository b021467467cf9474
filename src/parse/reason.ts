/** Why a session token is refused. */
export type SessionReason =
  | 'sessionMissing'
  | 'sessionExpired'
  | 'sessionEnded'
  | 'sessionOfBeforeReset'
  | 'sessionOfNobody'
  | 'sessionUnknown';

/** Why credentials other than a session are refused. */
export type KeyReason =
  | 'appId'
  | 'clientKey'
  | 'keyFromElsewhere'
  | 'masterKeyMissing'
  | 'keyReadOnly'
  | 'logInMissing'
  | 'selfHidden';

/** Why a log-in, a link or a second factor is refused. */
export type AccountReason =
  | 'wrongPassword'
  | 'accountLocked'
  | 'passwordExpired'
  | 'passwordPolicy'
  | 'emailUnverified'
  | 'emailVerified'
  | 'userUnknown'
  | 'tokenMissing'
  | 'linkInvalid'
  | 'linkExpired'
  | 'mailOff'
  | 'authDataUnknown'
  | 'authDataChanged'
  | 'secondFactor'
  | 'challenge'
  | 'authAdapter';

/** Why an operation on objects is refused. */
export type ObjectReason =
  | 'fieldProtected'
  | 'fieldFixed'
  | 'fieldUnknown'
  | 'fieldThere'
  | 'classClosed'
  | 'classFixed'
  | 'datesReversed'
  | 'tooComplex'
  | 'stumble'
  | VersionReason
  | 'functionUnknown'
  | 'jobUnknown'
  | 'configNotNumber'
  | 'fileEmpty'
  | 'hook'
  | 'hookUnknown';

/** Why an older version fails where today's has another answer. */
export type VersionReason = 'providerUnknown' | 'whereUnreadable' | 'batchedGet' | 'routeAbsent';

/** Why a request is refused before anybody looks at what it asks for. */
export type RequestReason =
  | 'contentType'
  | 'bodyMissing'
  | 'bodyTooLarge'
  | 'bodyUnreadable'
  | 'jsonBroken'
  | 'formBroken'
  | 'queryMissing'
  | 'notAcceptable'
  | 'introspection'
  | 'rateLimit'
  | 'cloudContext';

/** A reason that a name alone tells. `fault`: somebody gave the emulator a fault, and it struck. */
export type PlainReason = 'fault' | SessionReason | KeyReason | AccountReason | ObjectReason | RequestReason;

/**
 * What happened when something was refused. Explanations go by it, never by a message. An error whose code says all has that code
 * as its reason: Parse's number, or the text of GraphQL's own.
 */
export type Reason =
  | PlainReason
  | number
  | {
      /** A code of GraphQL's own: `GRAPHQL_PARSE_FAILED`. */
      readonly code: string;
    }
  | {
      /** The field that must have a value. */
      readonly fieldMissing: string;
      /** The class of that field. */
      readonly of: string;
    }
  | {
      /** The application's own code that threw it: `beforeSave _User, at cloud/main.js:3`. */
      readonly thrownBy: string;
    };
