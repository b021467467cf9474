import type { Connection, Json, JsonObject, RestCall } from '../../src/client/index.ts';
import { isObject } from '../../src/parse/record.ts';

/** What Parse refused. */
export class RefusedError extends Error {
  /** Parse's number, if it gave one. */
  readonly code: number | undefined;

  constructor(message: string, code: number | undefined) {
    super(message);
    this.code = code;
  }
}

const toRefusal = (status: number, body: Json): RefusedError => {
  const { error, message, code } = isObject(body) ? body : {};
  const words = typeof error === 'string' ? error : typeof message === 'string' ? message : `REST answered ${status}.`;
  return new RefusedError(words, typeof code === 'number' ? code : undefined);
};

/** Asks REST without keys, and returns the JSON object of the answer. Rejects with what Parse refuses. */
export const askRest = async (connection: Connection, call: RestCall): Promise<JsonObject> => {
  const { status, body } = await connection.rest(call);
  if (status >= 400) throw toRefusal(status, body);
  return isObject(body) ? body : {};
};

/** The path of an object of a class, as REST has it. Parse's own classes have paths of their own. */
export const restPathOf = (className: string, objectId?: string): string => {
  const known: { readonly [name: string]: string } = { _User: '/users', _Role: '/roles', _Session: '/sessions' };
  const base = known[className] ?? `/classes/${encodeURIComponent(className)}`;
  return objectId === undefined ? base : `${base}/${encodeURIComponent(objectId)}`;
};

/** The list in an answer. */
export const resultsOf = ({ results }: JsonObject): readonly JsonObject[] =>
  Array.isArray(results) ? results.filter(isObject) : [];
