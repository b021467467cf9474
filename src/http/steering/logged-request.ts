/** A request and its answer as `GET /emulator/requests` shows it: without passwords, tokens and keys. */
export type LoggedRequest = {
  /** Counts the requests since the start or the last reset, from 1. */
  readonly id: number;
  /** When it was answered: ISO text in UTC, by the emulator's clock. */
  readonly at: string;
  /** In upper case: `POST`. */
  readonly method: string;
  /** As the host had it, absolute or a path. */
  readonly url: string;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The headers of the request, by name in lower case. */
  readonly headers: unknown;
  /** What was sent: JSON, or text that says why there is none. Absent: nothing was. */
  readonly body?: unknown;
  /** The root fields that were asked for, or the route: `logIn`, `POST /login`. */
  readonly operation: string;
  /** The name that a GraphQL document gives to the operation. */
  readonly operationName?: string;
  /** The variables of a GraphQL request, be they in its body or in its address. */
  readonly variables?: unknown;
  /** The JSON that was answered; undefined when it was none. */
  readonly answer?: unknown;
  /** How long it took, by the emulator's clock. */
  readonly milliseconds: number;
  /** Who asked; absent: nobody who is logged in, or somebody whom the credentials refused. */
  readonly user?: {
    /** The id of the user. */
    readonly objectId: string;
    /** The name of the user; absent for an anonymous one that has none. */
    readonly username?: string;
  };
  /** Whether the request came with the master key. */
  readonly isMaster?: true;
  /** The code of the first error of the answer: Parse's number, or the text of GraphQL's own. */
  readonly code?: number | string;
  /** Why it was refused, or why it shows less than there is: `0 of 6 users visible: ACL`. */
  readonly cause?: string;
  /** What mends that. */
  readonly hint?: string;
};
