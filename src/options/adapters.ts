import type { JsonObject } from '../parse/record.ts';

/** How passwords become hashes; a host may bring one that works off the main thread. */
export interface PasswordHasher {
  /** A bcrypt hash of `password` at `rounds` (the base-2 logarithm of the cost, 4 to 31). */
  hash(password: string, rounds: number): Promise<string>;
  /** Whether `password` is the one that `passwordHash` was made of; false for text that is not a bcrypt hash. */
  compare(password: string, passwordHash: string): Promise<boolean>;
}

/** A mail that would have been sent. */
export type OutboxMail = {
  /** What it is for; `mail` is of cloud code's own (`Parse.Cloud.sendEmail`), `sms` the one-time code of a second factor. */
  readonly kind: 'verifyEmail' | 'resetPassword' | 'mail' | 'sms';
  /** The address of the user; of an SMS the number. */
  readonly to: string;
  /** The subject line, in Parse Server's words. */
  readonly subject: string;
  /** The whole mail as plain text, the link in it. */
  readonly text: string;
  /** What the user is to follow: an address below `publicServerURL`, with the token in its query; empty where there is none. */
  readonly link: string;
  /** ISO text, by the emulator's clock. */
  readonly sentAt: string;
};

/** What a function is called with, as Parse Server hands it over. */
export type FunctionRequest = {
  /** What the client sent, dates as `Date`s. */
  readonly params: { readonly [name: string]: unknown };
  /** The user who calls, with its `sessionToken`; absent: nobody is logged in, or the master key was sent. */
  readonly user?: JsonObject;
  /** Whether the call came with the master key. */
  readonly master: boolean;
  /** Whether the call may only read. */
  readonly isReadOnly: boolean;
  /** The headers of the request, by name in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** The address that the call came from. */
  readonly ip: string;
  /** The name that it was called by. */
  readonly functionName: string;
  /** The installation that the call came from, if it said so. */
  readonly installationId?: string;
  /** What came with the request for cloud code. */
  readonly context: { [name: string]: unknown };
  /** Prints a line for a person. */
  readonly log: FunctionLog;
};

/** Lines for a person, each at a level. */
export type FunctionLog = { readonly [level in 'info' | 'warn' | 'error']: (message: string) => void };

/** How a function with two parameters answers; each method but the first two returns the response itself. */
export type FunctionResponse = {
  /** Answers with a result. */
  success(result?: unknown): void;
  /** Refuses. */
  error(reason?: unknown): void;
  /** The HTTP status of REST. */
  status(status: number): FunctionResponse;
  /** A header of REST. */
  header(name: string, value: string): FunctionResponse;
};

/**
 * Classes and objects to start from: `schemas` as REST `/schemas` has them, and lists of objects by class name. A list of objects that tell
 * their class (`className`), as the Parse Dashboard exports them, is as good.
 */
export type Fixtures = { readonly [className: string]: unknown } | readonly unknown[];
