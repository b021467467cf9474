import type { ErrorBody } from './errors.ts';

/** `errors` comes before `data`; without `data` nothing was executed. */
export type GraphQLBody = {
  readonly errors?: readonly ErrorBody[];
  readonly data?: unknown;
  readonly extensions?: unknown;
};

/** At what a request failed before it was executed. */
export type Stage = 'syntax' | 'validation' | 'operation' | 'method' | 'variables';

/** An answer without its transport: a host adds the content type and the text. */
export type GraphQLResponse = {
  readonly status: number;
  /** At what the request failed; absent: it was executed, or was none of GraphQL. */
  readonly stage?: Stage;
  /** What is sent in place of the body: plain words. */
  readonly text?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body: GraphQLBody;
};

/** The answer to a request that is not executed. */
export const refuse = (
  status: number,
  errors: readonly ErrorBody[],
  headers?: { readonly [name: string]: string },
): GraphQLResponse => (headers ? { status, headers, body: { errors } } : { status, body: { errors } });
