import type { FunctionRequest, FunctionResponse } from '../../options/adapters.ts';

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
