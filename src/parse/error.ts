import type { PlainReason, Reason } from './reason.ts';
import type { Json } from './record.ts';

/** The numbers of Parse's errors, by the names that Parse's SDKs have for them. */
export const ERROR_CODES = {
  /** Something that has no number of its own, such as a missing token. */
  OTHER_CAUSE: -1,
  /** Something went wrong in the server. */
  INTERNAL_SERVER_ERROR: 1,
  /** Too many requests came, or the server cannot be reached. */
  CONNECTION_FAILED: 100,
  /** There is no such object, or the caller may not know that there is; also a wrong username or password. */
  OBJECT_NOT_FOUND: 101,
  /** A constraint, an order or a page that makes no sense. */
  INVALID_QUERY: 102,
  /** No name for a class, one that is taken, or that of no class. */
  INVALID_CLASS_NAME: 103,
  /** An object id is needed. */
  MISSING_OBJECT_ID: 104,
  /** No name for a field, or one that may not be written. */
  INVALID_KEY_NAME: 105,
  /** A pointer or relation that leads nowhere. */
  INVALID_POINTER: 106,
  /** A value that does not have the form that it must. */
  INVALID_JSON: 107,
  /** An operation on a field that Parse does not know. */
  COMMAND_UNAVAILABLE: 108,
  /** A value of another type than the field has, or none where one is needed. */
  INCORRECT_TYPE: 111,
  /** The caller may not do this. */
  OPERATION_FORBIDDEN: 119,
  /** A push that names nobody, or that nothing can send. */
  PUSH_MISCONFIGURED: 115,
  /** No name for a file. */
  INVALID_FILE_NAME: 122,
  /** An ACL that is not formed as one. */
  INVALID_ACL: 123,
  /** Text that is not an email address. */
  INVALID_EMAIL_ADDRESS: 125,
  /** The file may not be uploaded. */
  FILE_SAVE_ERROR: 130,
  /** A value that may be there only once is there already: the name of a role. */
  DUPLICATE_VALUE: 137,
  /** A class that has objects cannot be removed. */
  CLASS_NOT_EMPTY: 255,
  /** A function of the application threw, or there is none of the name. */
  SCRIPT_FAILED: 141,
  /** A field is missing, or the password policy is not met. */
  VALIDATION_ERROR: 142,
  /** Data that is not an image. */
  INVALID_IMAGE_DATA: 143,
  /** The file could not be deleted. */
  FILE_DELETE_ERROR: 153,
  /** The id of the request was used before. */
  DUPLICATE_REQUEST: 159,
  /** An argument that cannot be taken. */
  INVALID_VALUE: 162,
  /** The username is missing or empty. */
  USERNAME_MISSING: 200,
  /** The password is missing or empty. */
  PASSWORD_MISSING: 201,
  /** Somebody has this username, in whatever letter case. */
  USERNAME_TAKEN: 202,
  /** Somebody has this email address, in whatever letter case. */
  EMAIL_TAKEN: 203,
  /** The email address is missing. */
  EMAIL_MISSING: 204,
  /** Nobody has this email address, or it is not verified. */
  EMAIL_NOT_FOUND: 205,
  /** Users can be changed only by themselves, or by whom they let. */
  SESSION_MISSING: 206,
  /** Another user has this authData. */
  ACCOUNT_ALREADY_LINKED: 208,
  /** The session has ended, or never was. */
  INVALID_SESSION_TOKEN: 209,
  /** The session of the third party is not valid. */
  INVALID_LINKED_SESSION: 251,
  /** No third party of this name is configured. */
  UNSUPPORTED_SERVICE: 252,
} as const;

/** The name of an error's number. */
export type ErrorName = keyof typeof ERROR_CODES;

/** The number of an error, or its name. */
export type ErrorCode = ErrorName | number;

/** What an error carries beside its code and its message. */
export type ParseErrorDetails = {
  /** What REST shows in place of the message: cloud code may throw a number or an object. */
  readonly restError?: Json | undefined;
  /**
   * What was refused, where the message only says that something was: `Cannot modify user abcDEF1234.`
   * @hidden
   */
  readonly detail?: string | undefined;
  /**
   * What happened, if the code alone does not say it: the option `explain` goes by it.
   * @hidden
   */
  readonly reason?: Reason | undefined;
};

/**
 * What Parse refuses. Thrown by a function, a resolver or an intercept it reaches the client as Parse's own errors do: in GraphQL
 * as `extensions.code`, in REST as `{ code, error }`; each protocol does so in one place.
 * @example
 * throw new ParseError('OPERATION_FORBIDDEN', 'Only editors may publish');
 */
export class ParseError extends Error {
  /** The number that clients see, one of `ERROR_CODES` or any other. */
  readonly code: number;
  /** What REST shows in place of the message. */
  readonly restError?: Json;
  /**
   * What was refused, where the message keeps it back; the option `enableSanitizedErrorResponse` lets clients read it.
   * @hidden
   */
  readonly detail?: string;
  /**
   * What happened: the number of the error, unless something says more. Clients do not see it.
   * @hidden
   */
  readonly reason: Reason;

  /** `message` is what clients read; in REST `details.restError` stands in its place. */
  constructor(code: ErrorCode, message: string, details: ParseErrorDetails = {}) {
    super(message);
    this.name = 'ParseError';
    this.code = typeof code === 'number' ? code : ERROR_CODES[code];
    if (details.restError !== undefined) this.restError = details.restError;
    if (details.detail !== undefined) this.detail = details.detail;
    this.reason = details.reason ?? this.code;
  }
}

/** An error that says more of what happened than its code does. */
export const refusal = (reason: Reason, code: ErrorCode, message: string): ParseError =>
  new ParseError(code, message, { reason });

/** The same error, for another reason: that which led to it. */
export const withReason = (error: ParseError, reason: Reason): ParseError => {
  const same = new ParseError(error.code, error.message, { restError: error.restError, detail: error.detail, reason });
  if (error.stack !== undefined) same.stack = error.stack;
  return same;
};

/** The refusal of a value that another object has already. */
export const duplicateValue = (): ParseError =>
  new ParseError('DUPLICATE_VALUE', 'A duplicate value for a field with unique values was provided');

const DENIED = 'Permission denied';

/**
 * The refusal of a right, 119 unless another code is given. Its message says no more than that; `detail` says what was refused,
 * for servers that tell it.
 */
export const permissionDenied = (
  detail: string = DENIED,
  code: ErrorName = 'OPERATION_FORBIDDEN',
  reason?: PlainReason,
): ParseError => new ParseError(code, DENIED, { reason, detail });

/**
 * Where an older Parse Server stumbles over what a client sends: a failure of its own to the client, and nobody's fault here.
 */
export class Stumble extends Error {
  override name = 'Stumble';
  readonly reason: PlainReason;

  constructor(message: string, reason: PlainReason) {
    super(message);
    this.reason = reason;
  }
}

/** What is said of a session that has ended, or never was. */
export const INVALID_TOKEN = 'Invalid session token';

/** What a class says that asks for a log-in. */
export const LOG_IN_FIRST = 'Permission denied, user needs to be authenticated.';

/** What every request without the master key hears, where it takes that. */
export const MASTER_ONLY = 'unauthorized: master key is required';

/** What clients read of an error: a refused right keeps its details from them, unless the option says otherwise. */
export const messageOf = (
  error: ParseError,
  { enableSanitizedErrorResponse }: { readonly enableSanitizedErrorResponse: boolean },
): string => (enableSanitizedErrorResponse ? error.message : (error.detail ?? error.message));
