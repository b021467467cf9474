import { type ErrorCode, ParseError, withReason } from '../parse/error.ts';
import { toJson } from '../parse/json.ts';
import { isObjectOrList, type Json } from '../parse/record.ts';

/** What is said of code of the application that throws nothing in particular. */
export type Unsaid = { readonly code: ErrorCode; readonly message: string };

/** What a function is refused with that throws nothing. */
export const SCRIPT_FAILED: Unsaid = { code: 'SCRIPT_FAILED', message: 'Script failed.' };

const toRestError = (value: unknown): Json => {
  try {
    return toJson(value) ?? '';
  } catch {
    return String(value);
  }
};

const messageIn = (thrown: unknown): unknown => (isObjectOrList(thrown) && Reflect.get(thrown, 'message')) || thrown;

/** An error of Parse's SDK, wherever that comes from. */
const isSdkError = (thrown: unknown): thrown is Error & { readonly code: number } =>
  thrown instanceof Error &&
  thrown.constructor.name === 'ParseError' &&
  typeof Reflect.get(thrown, 'code') === 'number';

/** Where errors of the application were thrown, as far as the host knows: `beforeSave _User, at cloud/main.js:3`. */
const places = new WeakMap<object, string>();

/** Tells where an error of the application was thrown. Returns the error. */
export const thrownAt = <Thrown>(thrown: Thrown, place: string): Thrown => {
  if (isObjectOrList(thrown)) places.set(thrown, place);
  return thrown;
};

/** An error that code of the application threw: one of Parse's tells so to those who read explanations. */
export const thrownBy = (thrown: unknown, running: string): unknown =>
  thrown instanceof ParseError ? withReason(thrown, { thrownBy: running }) : thrown;

/**
 * What clients read of something that code of the application threw: an error of Parse's as it is, else the text or the message with the
 * code of `unsaid`; with its message, too, for nothing. As in Parse Server REST tells numbers and objects as they are. `running` names the
 * code: `function hello`.
 */
export const toThrown = (thrown: unknown, unsaid: Unsaid, running: string): ParseError => {
  return withReason(toParseError(thrown, unsaid), {
    thrownBy: (isObjectOrList(thrown) && places.get(thrown)) || running,
  });
};

const toParseError = (thrown: unknown, unsaid: Unsaid): ParseError => {
  if (thrown instanceof ParseError) return thrown;
  if (!thrown) return new ParseError(unsaid.code, unsaid.message);
  if (isSdkError(thrown)) return withMessage(thrown.code, thrown.message);
  const error = withMessage(unsaid.code, messageIn(thrown));
  if (thrown instanceof Error && thrown.stack !== undefined) error.stack = thrown.stack;
  return error;
};

const text = (value: unknown): string => {
  try {
    return String(value);
  } catch {
    return '';
  }
};

const withMessage = (code: ErrorCode, told: unknown): ParseError =>
  typeof told === 'string'
    ? new ParseError(code, told)
    : new ParseError(code, text(told), { restError: toRestError(told) });
