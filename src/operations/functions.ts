import { ParseError } from '../parse/error.ts';
import { isObject, type Json } from '../parse/record.ts';
import type { Context } from './context.ts';
import { showSelf } from './users/log-in.ts';

/**
 * Runs a function of the options and answers what it returns. Throws 141 for an unknown one, and for what it throws: its
 * message, and its code where it has a number for one.
 */
export const callFunction = async (
  name: string,
  params: Json | undefined,
  context: Context,
  headers: { readonly [name: string]: string | undefined } = {},
): Promise<unknown> => {
  const { functions } = context.options;
  const run = functions && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!run) throw new ParseError('SCRIPT_FAILED', `Invalid function: "${name}"`);
  const { user, isMaster, installationId } = context.auth;
  try {
    return await run({
      params: isObject(params) ? params : {},
      master: isMaster,
      headers,
      functionName: name,
      ...(installationId && { installationId }),
      ...(user && { user: showSelf(user, context) as typeof user }),
    });
  } catch (error) {
    const code = isObject(error) || error instanceof Error ? Reflect.get(error, 'code') : undefined;
    const message =
      error instanceof Error ? error.message : typeof error === 'string' ? error : 'Script failed. Unknown error.';
    throw new ParseError(typeof code === 'number' ? code : 'SCRIPT_FAILED', message);
  }
};
