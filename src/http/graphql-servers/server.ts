import type { GraphQLParams } from '../../graphql/execution/execute.ts';
import type { Reason } from '../../parse/reason.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';

/** What a GraphQL server takes from a request. */
export type Received = GraphQLParams | readonly GraphQLParams[];

/** How a GraphQL server speaks HTTP. */
export interface GraphQLServer {
  /** The type of the answer that the client wants, from its `accept`; undefined when it takes none that there is. */
  typeFor(accept: string | undefined): string | undefined;
  /** What the request asks; a list is a batch. Throws `BadRequest`, `RequestRefused` or `BodyError`. */
  read(request: HttpRequest, search: string): Received;
}

/** A request that is not a GraphQL request, with the answer in a form that is this server's own. */
export class RequestRefused extends Error {
  readonly answer: HttpResponse;
  readonly reason: Reason;

  constructor(answer: HttpResponse, reason: Reason) {
    super('The request was refused.');
    this.name = 'RequestRefused';
    this.answer = answer;
    this.reason = reason;
  }
}

/** An object with members, which a list is not. */
export const isFields = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
