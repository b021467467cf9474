import type { RequestScope } from '../parts.ts';
import type { Cors } from '../wire/cors.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import type { Target } from '../wire/target.ts';

/** One row of the table of routes: everything at and below a path. */
export type HttpRoute = {
  /** In lower case; any letter case fits. */
  readonly mount: string;
  /** `path` is what follows the mount path. */
  readonly answer: (
    request: HttpRequest,
    target: Target,
    path: string,
    scope: RequestScope,
  ) => HttpResponse | Promise<HttpResponse>;
  /** The answer when it throws: a body that cannot be read, or a failure of the emulator's own. */
  readonly failure: (error: unknown) => HttpResponse;
  /** Whether its answers wait by themselves until what they wrote is safe, and must not be given twice. */
  readonly isSettled?: boolean;
  /** Its own headers of CORS, in place of those that `allowOrigin` makes. */
  readonly cors?: Cors;
  /** Its own answer to a preflight, in place of that which names what `cors` lets in. */
  readonly preflight?: (request: HttpRequest) => HttpResponse;
  /** Whether the request may be shown by `GET /emulator/requests`. */
  readonly isLogged: boolean;
};
