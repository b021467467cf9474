import type { Context } from '../operations/context.ts';
import type { ParseError } from '../parse/error.ts';
import type { Reason } from '../parse/reason.ts';
import type { Json, JsonObject } from '../parse/record.ts';

/** What the calls of a batch are refused with before they run, by their places. */
export type Refusals = readonly (ParseError | undefined)[];

/** A call of the REST API, once `http` has seen to the credentials and to the form of the body. */
export type RestRequest = {
  readonly method: string;
  /** What follows the mount path, still percent-encoded: `/classes/Todo`. */
  readonly path: string;
  /** The parameters of the address: texts, and lists and objects of such. */
  readonly query: JsonObject;
  /** JSON; bytes where a file is uploaded; undefined for an empty body. */
  readonly body: unknown;
  readonly headers: { readonly [name: string]: string | undefined };
  /** What an SDK sent beside a file. */
  readonly fileData?: JsonObject | undefined;
  readonly refusals?: Refusals | undefined;
  /** Counts a call of a batch, where there are limits; returns what a client reads when it is one too many. */
  readonly countCall?: ((method: string, path: string) => string | undefined) | undefined;
};

/** The answer. A body of `undefined` stands for an empty one or, with status 404, for the page that says so. */
export type RestResponse = {
  readonly status: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body: Json | undefined;
  /** What happened, where it is an error. Clients do not see it. */
  readonly reason?: Reason;
  /** The same for the calls of a batch, by their places. */
  readonly reasons?: readonly (Reason | undefined)[];
};

/** What stood at the `:names` of the path; empty text where the path has no such name. */
export type Named = { readonly className: string; readonly objectId: string; readonly name: string };

/** A request that has found its route. `fields` is its body as an object, whatever was sent. */
export type RestCall = RestRequest & { readonly named: Named; readonly fields: JsonObject };

/** One row of the REST API. */
export type RestRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Whether the id of a request counts once only, where the option `idempotencyOptions` names the path. */
  readonly isOnce?: boolean;
  readonly run: (call: RestCall, context: Context) => RestResponse | Promise<RestResponse>;
};

/** A plain success. */
export const ok = (body: Json): RestResponse => ({ status: 200, body });
