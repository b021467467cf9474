import type { FunctionLog, FunctionRequest, FunctionResponse } from '../../options/adapters.ts';
import { refusal } from '../../parse/error.ts';
import { isObject, type Json } from '../../parse/record.ts';
import { askingUser } from '../asking-user.ts';
import type { Context } from '../context.ts';
import { SCRIPT_FAILED, toThrown } from '../thrown.ts';
import { decodeParams } from './params.ts';
import type { NamedFunction } from './table.ts';

/** What a function answers: over REST with a status and headers, if it set any. */
export type FunctionAnswer = {
  /** JSON, or undefined; a function is handed through, which GraphQL calls. */
  readonly result: unknown;
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
};

/** The log of a request, for the code of the application. */
export const toFunctionLog = ({ log }: Context): FunctionLog => ({
  info: (message) => log('info', message),
  warn: (message) => log('warn', message),
  error: (message) => log('error', message),
});

const toRequest = (functionName: string, params: Json | undefined, context: Context): FunctionRequest => {
  const { auth, request } = context;
  const user = askingUser(context);
  return {
    params: decodeParams(isObject(params) ? params : {}),
    master: auth.isMaster,
    isReadOnly: auth.isReadOnly === true,
    headers: { ...request.headers },
    ip: request.ip,
    functionName,
    context: request.cloudContext,
    log: toFunctionLog(context),
    ...(auth.installationId && !auth.isCloud && { installationId: auth.installationId }),
    ...(user && { user }),
  };
};

const twice = (method: string): Error =>
  new Error(
    `Cannot call ${method}() after response has already been sent. Make sure to call success() or error() only once per cloud function execution.`,
  );

const runningOf = ({ functionName }: Pick<FunctionRequest, 'functionName'>): string => `function ${functionName}`;

/** The second parameter of a function in the form of Express, and what it was told. */
const createResponse = ({ encode }: NamedFunction, running: string) => {
  let status: number | undefined;
  let isSent = false;
  const headers: { [name: string]: string } = {};
  let resolve: (answer: FunctionAnswer) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<FunctionAnswer>((...settle) => {
    [resolve, reject] = settle;
  });
  const response: FunctionResponse = {
    success: (result) => {
      if (isSent) throw twice('success');
      isSent = true;
      const answer = { result: encode(result), ...(status !== undefined && { status }) };
      resolve(Object.keys(headers).length > 0 ? { ...answer, headers } : answer);
    },
    error: (reason) => {
      if (isSent) throw twice('error');
      isSent = true;
      reject(toThrown(reason, SCRIPT_FAILED, running));
    },
    status: (given) => {
      status = given;
      return response;
    },
    header: (name, value) => {
      headers[name] = value;
      return response;
    },
  };
  return { response, promise, isSent: () => isSent };
};

const answerOf = async (found: NamedFunction, request: FunctionRequest): Promise<FunctionAnswer> => {
  const { response, promise, isSent } = createResponse(found, runningOf(request));
  promise.catch(() => undefined); // whoever waits for it is told
  const result = await found.run(request, response);
  // what answers by the second parameter may do so later, too
  if (!found.hasResponse || (result !== undefined && !isSent())) return { result: found.encode(result) };
  return promise;
};

/**
 * Runs a function of the application. Throws 141 for an unknown name, and for what the function throws: its message, and its code
 * if that is a `ParseError`.
 */
export const callFunction = async (
  name: string,
  params: Json | undefined,
  context: Context,
): Promise<FunctionAnswer> => {
  const found = context.functions.find(name);
  if (!found) throw refusal('functionUnknown', 'SCRIPT_FAILED', `Invalid function: "${name}"`);
  try {
    return await answerOf(found, toRequest(name, params, context));
  } catch (error) {
    throw toThrown(error, SCRIPT_FAILED, runningOf({ functionName: name }));
  }
};
