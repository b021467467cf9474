import type { JsonObject } from '../../parse/record.ts';

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

/** A function under its name. */
export type NamedFunction = {
  /** With two parameters it answers by the second; with one, by what it returns. */
  readonly run: (request: FunctionRequest, response: FunctionResponse) => unknown;
  /** Whether it answers by the second parameter. */
  readonly hasResponse: boolean;
  /** The result as clients read it; undefined for nothing. A function is handed through. Throws for what is not JSON. */
  readonly encode: (result: unknown) => unknown;
};

/** What a job is started with. */
export type JobRequest = Pick<FunctionRequest, 'params' | 'headers' | 'ip' | 'log'> & {
  /** The name that it was started by. */
  readonly jobName: string;
  /** The id of its `_JobStatus`. */
  readonly jobId: string;
  /** Says how far it is. */
  message(text: unknown): Promise<void>;
};

/** A job under its name. */
export type NamedJob = (request: JobRequest) => unknown;

/** The functions and jobs that the application has at the moment. */
export interface FunctionTable {
  /** The function of a name. */
  find(name: string): NamedFunction | undefined;
  /** All names, in the order of definition; the same list until they change. */
  names(): readonly string[];
  /** The job of a name. */
  findJob(name: string): NamedJob | undefined;
  /** The names of all jobs. */
  jobNames(): readonly string[];
}

const NO_NAMES: readonly string[] = [];

/** The functions and jobs of an emulator without any. */
export const NO_FUNCTIONS: FunctionTable = {
  find: () => undefined,
  names: () => NO_NAMES,
  findJob: () => undefined,
  jobNames: () => NO_NAMES,
};
