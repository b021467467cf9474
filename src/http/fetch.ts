import type { Handle, HttpRequest } from './message.ts';

const toHttpRequest = async (request: Request, url: string): Promise<HttpRequest> => ({
  method: request.method,
  url,
  headers: Object.fromEntries(request.headers),
  body: request.body === null ? '' : new Uint8Array(await request.arrayBuffer()),
});

/** Statuses whose answers have no body; `Response` refuses one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** A text body would make `Response` invent a content type, so it becomes bytes. */
const toBody = (body: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);

/** A body that ends in a failure. */
const breakOff = (part: Uint8Array<ArrayBuffer>): ReadableStream => {
  const parts = [part];
  return new ReadableStream({
    pull(controller) {
      const next = parts.shift();
      if (next) controller.enqueue(next);
      else controller.error(new TypeError('terminated'));
    },
  });
};

/**
 * Answers a web-standard request; `url` says where it is to be taken to go, when that is not its own address. Never rejects: a
 * connection that a fault breaks is `Response.error()`, as MSW takes it.
 */
export type Fetch = (request: Request, url?: string) => Promise<Response>;

/** The web-standard face of `handle`. */
export const toFetch =
  (handle: Handle): Fetch =>
  async (request, url = request.url) => {
    const { status, headers, body, broken } = await handle(await toHttpRequest(request, url));
    if (broken === 'connection') return Response.error();
    if (broken === 'body') return new Response(breakOff(toBody(body)), { status, headers });
    const isEmpty = WITHOUT_BODY.has(status) || request.method === 'HEAD';
    return new Response(isEmpty ? null : toBody(body), { status, headers });
  };
