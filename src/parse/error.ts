/** The numbers of Parse's errors that the emulator uses, by the names of Parse's SDKs. */
export const ERROR_CODES = {
  OTHER_CAUSE: -1,
  INTERNAL_SERVER_ERROR: 1,
  OBJECT_NOT_FOUND: 101,
  INVALID_QUERY: 102,
  INVALID_CLASS_NAME: 103,
  MISSING_OBJECT_ID: 104,
  INVALID_KEY_NAME: 105,
  INVALID_POINTER: 106,
  INVALID_JSON: 107,
  COMMAND_UNAVAILABLE: 108,
  INCORRECT_TYPE: 111,
  OPERATION_FORBIDDEN: 119,
  INVALID_FILE_NAME: 122,
  INVALID_ACL: 123,
  INVALID_EMAIL_ADDRESS: 125,
  FILE_SAVE_ERROR: 130,
  DUPLICATE_VALUE: 137,
  CLASS_NOT_EMPTY: 255,
  SCRIPT_FAILED: 141,
  VALIDATION_ERROR: 142,
  INVALID_IMAGE_DATA: 143,
  FILE_DELETE_ERROR: 153,
  INVALID_VALUE: 162,
  USERNAME_MISSING: 200,
  PASSWORD_MISSING: 201,
  USERNAME_TAKEN: 202,
  EMAIL_TAKEN: 203,
  EMAIL_MISSING: 204,
  EMAIL_NOT_FOUND: 205,
  SESSION_MISSING: 206,
  ACCOUNT_ALREADY_LINKED: 208,
  INVALID_SESSION_TOKEN: 209,
  INVALID_LINKED_SESSION: 251,
  UNSUPPORTED_SERVICE: 252,
} as const;

/** The name of an error's number. */
export type ErrorName = keyof typeof ERROR_CODES;

/** What Parse refuses. `http/`, `graphql/` and `rest/` each turn it into their wire form in one place. */
export class ParseError extends Error {
  readonly code: number;

  constructor(code: ErrorName | number, message: string) {
    super(message);
    this.name = 'ParseError';
    this.code = typeof code === 'number' ? code : ERROR_CODES[code];
  }
}

/** The answer to a refused right: Parse 9 keeps the code and says no more than this. */
export const permissionDenied = (code: ErrorName = 'OPERATION_FORBIDDEN'): ParseError =>
  new ParseError(code, 'Permission denied');
