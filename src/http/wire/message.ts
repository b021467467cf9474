/**
 * A request as every host hands it over: plain data, since web Request and Response objects cost most of a server's speed
 * on Node. `url` is absolute or a path; header names are in lower case; several values of one header are joined by `, `.
 */
export type HttpRequest = {
  /** In upper case: `POST`. */
  readonly method: string;
  /** Absolute, or a path: `/graphql?query=…`. */
  readonly url: string;
  /** What was asked for, where the options `mountPath`, `graphQLPath` and `playgroundPath` made another `url` of it. Not for hosts to give. */
  readonly askedUrl?: string;
  /** By name in lower case; several values of one header are joined by `, `. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** Text or bytes as they came; `''` when there is none. */
  readonly body: string | Uint8Array;
  /** The address at the other end of the connection: `127.0.0.1`. Absent: the request came by no socket, but from this very program. */
  readonly peer?: string | undefined;
};

/** What goes on after the first part of a body, for as long as the client stays. */
export type Stream = {
  /**
   * Begins. `send` takes further text and tells whether the client keeps up; `end` ends the body. Returns what the host calls when
   * the client has gone.
   */
  begin(send: (text: string) => boolean, end: () => void): () => void;
};

/** The answer, as plain data. Header names are in lower case. `content-length` is the host's affair. */
export type HttpResponse = {
  /** The HTTP status. */
  readonly status: number;
  /** By name in lower case. */
  readonly headers: { readonly [name: string]: string };
  /** Text in UTF-8, or bytes. */
  readonly body: string | Uint8Array;
  /** What the host is to fail at: it breaks the connection off at once, or after this body, of which it promised more. */
  readonly broken?: 'connection' | 'body';
  /** What follows the body, in parts, until one side ends it: the events of `GET /emulator/events`. */
  readonly stream?: Stream;
};

/** Answers a request; never rejects. */
export type RequestHandler = (request: HttpRequest) => Promise<HttpResponse>;
