import type { HttpResponse } from '../../http/wire/message.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import { placeIn } from './files.ts';
import type { Refusal } from './scope.ts';

const messageOf = (thrown: unknown): string => {
  const message: unknown = thrown ? Reflect.get(Object(thrown), 'message') || thrown : '';
  return typeof message === 'string' ? message : String(JSON.stringify(message));
};

/** What is remembered of something that was thrown in the code that `running` names. */
export const toRefusal = (thrown: unknown, running: string): Refusal => {
  const place = thrown instanceof Error ? placeIn(thrown.stack ?? '') : undefined;
  return { told: messageOf(thrown), by: place === undefined ? running : `${running}, at ${place}` };
};

/** The explanation of an error, which says what threw it. */
const withCause = (explained: JsonObject, message: Json | undefined, refusals: readonly Refusal[]): JsonObject => {
  const refusal = refusals.find(({ told }) => told === message);
  const { emulator } = explained;
  if (!refusal || !isObject(emulator)) return explained;
  return { ...explained, emulator: { ...emulator, cause: `Cloud code refused it: ${refusal.by}.` } };
};

const inGraphQL = (error: Json, refusals: readonly Refusal[]): Json => {
  if (!isObject(error) || !isObject(error['extensions'])) return error;
  return { ...error, extensions: withCause(error['extensions'], error['message'], refusals) };
};

const inBody = (body: Json, refusals: readonly Refusal[]): Json => {
  if (!isObject(body)) return body;
  const { errors } = body;
  if (Array.isArray(errors)) return { ...body, errors: errors.map((error: Json) => inGraphQL(error, refusals)) };
  return withCause(body, body['error'], refusals);
};

/** An answer whose explained errors tell which function or trigger refused. */
export const tellRefusals = (response: HttpResponse, refusals: readonly Refusal[]): HttpResponse => {
  const { body } = response;
  if (refusals.length === 0 || typeof body !== 'string' || !body.includes('"emulator":')) return response;
  const told = JSON.stringify(inBody(JSON.parse(body), refusals));
  return { ...response, body: body.endsWith('\n') ? `${told}\n` : told };
};
