/**
 * A request as every host hands it over: plain data, since web Request and Response objects cost most of a server's speed
 * on Node. `url` is absolute or a path; header names are in lower case; several values of one header are joined by `, `.
 */
export type HttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string | undefined };
  readonly body: string | Uint8Array;
};

/** The answer, as plain data. Header names are in lower case. `content-length` is the host's affair. */
export type HttpResponse = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string | Uint8Array;
  /** What the host is to fail at: it breaks the connection off at once, or after this body, of which it promised more. */
  readonly broken?: 'connection' | 'body';
};

/** Answers a request; never rejects. */
export type Handle = (request: HttpRequest) => Promise<HttpResponse>;
