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

/** Answers a web-standard request; `url` says where it is to be taken to go, when that is not its own address. */
export type Fetch = (request: Request, url?: string) => Promise<Response>;

/** The web-standard face of `handle`. */
export const toFetch =
  (handle: Handle): Fetch =>
  async (request, url = request.url) => {
    const { status, headers, body } = await handle(await toHttpRequest(request, url));
    const isEmpty = WITHOUT_BODY.has(status) || request.method === 'HEAD';
    return new Response(isEmpty ? null : toBody(body), { status, headers });
  };
