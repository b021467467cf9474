import type { Context } from '../../operations/context.ts';
import { callFunction } from '../../operations/functions/functions.ts';
import { toJson } from '../../parse/json.ts';
import type { Json } from '../../parse/record.ts';
import type { RestCall, RestResponse, RestRoute } from '../message.ts';

const toBody = (result: unknown): Json =>
  result === undefined || typeof result === 'function' ? {} : { result: toJson(result) };

const call = async ({ named, fields, query }: RestCall, context: Context): Promise<RestResponse> => {
  const { result, status = 200, headers } = await callFunction(named.name, { ...fields, ...query }, context);
  return { status, body: toBody(result), ...(headers && { headers: lowered(headers) }) };
};

const lowered = (headers: { readonly [name: string]: string }): { [name: string]: string } =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** The functions of the application (`Parse.Cloud.run`). */
export const FUNCTION_ROUTES: readonly RestRoute[] = [
  { method: 'POST', path: '/functions/:name', isOnce: true, run: call },
];
