import type { HttpRequest, HttpResponse, RequestHandler } from '../http/wire/message.ts';
import type { LiveTriggers } from '../live/triggers.ts';
import type { Adapters, Context } from '../operations/context.ts';
import type { FunctionTable } from '../operations/functions/table.ts';
import type { TriggerTable } from '../operations/triggers/triggers.ts';
import type { CloudCode } from '../options/kinds.ts';
import type { Options } from '../options/table.ts';
import type { Json, JsonObject } from '../parse/record.ts';

/** A call that cloud code makes by the SDK, in this process. */
export type CloudCall = {
  readonly method: string;
  /** Below the mount path: `/classes/Todo`. */
  readonly path: string;
  readonly body: JsonObject;
  readonly useMasterKey: boolean;
  readonly sessionToken?: string | undefined;
  readonly installationId?: string | undefined;
  /** What the triggers of the call are handed on. */
  readonly context: { [name: string]: unknown };
};

/** What REST answers to it. */
export type CloudAnswer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Json | undefined;
};

/** What the emulator does for its cloud code. */
export type CloudHost = {
  readonly options: Options;
  readonly log: Context['log'];
  /** Asks the emulator, by its rules and without a socket. */
  ask(call: CloudCall): Promise<CloudAnswer>;
  /** Asks it as a client does. */
  readonly handle: RequestHandler;
  /** The names of the roles that a user has. */
  rolesOf(userId: string): readonly string[];
  /** Sends a mail of the application's own. */
  sendMail(mail: JsonObject): void | Promise<void>;
  /** An error that reaches clients as it is. */
  refusal(code: number, message: unknown): Error;
};

/** Cloud code that was loaded for one emulator. */
export type LoadedCloud = {
  readonly functions: FunctionTable;
  readonly triggers: TriggerTable;
  /** Those of live queries. */
  readonly live: LiveTriggers;
  readonly adapters: Adapters;
  /** Answers a request: what cloud code prints meanwhile is printed with it. */
  around(request: HttpRequest, work: () => Promise<HttpResponse>): Promise<HttpResponse>;
  close(): void;
};

/** What is to be loaded. */
export type CloudSource = {
  readonly cloud: CloudCode | undefined;
  /** The modules of auth adapters, by provider. */
  readonly adapters: { readonly [provider: string]: unknown };
  /** Whether it is loaded again when its files change. */
  readonly isWatched: boolean;
};

/** Loads cloud code. Rejects with an error that names file and line. */
export type LoadCloud = (source: CloudSource, host: CloudHost) => Promise<LoadedCloud>;
