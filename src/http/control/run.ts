import { type Check, shape } from '../../options/shape.ts';
import { OptionError } from '../../parse/user-error.ts';

/** What a control route does with the JSON of a body and the parameters of the address; what it returns is answered as JSON. */
export type Run = (body: unknown, query: URLSearchParams) => unknown;

/** Control routes by method and path below `/emulator`: `GET /outbox`. */
export type Runs = { readonly [route: string]: Run };

/** A check of a body, for messages that begin with what failed: `Failed to make a user: "username" …`. */
export const checkBody = (
  deed: string,
  fields: { readonly [name: string]: Check },
  rules: { readonly needed?: readonly string[]; readonly open?: boolean } = {},
): ((body: unknown) => void) => {
  const check = shape(fields, { ...rules });
  return (body) => {
    try {
      check(body, 'the body');
    } catch (error) {
      throw error instanceof OptionError ? new OptionError(error.reason, deed) : error;
    }
  };
};

/** A check of the parameters of an address. */
export const checkQuery = (
  deed: string,
  fields: { readonly [name: string]: Check },
): ((query: URLSearchParams) => void) => {
  const check = checkBody(deed, { appId: () => undefined, ...fields }); // every route may be told the application
  return (query) => check(Object.fromEntries(query));
};
