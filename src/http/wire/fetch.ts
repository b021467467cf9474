import type { HttpRequest, HttpResponse, RequestHandler } from './message.ts';

const toHttpRequest = async (request: Request, url: string): Promise<HttpRequest> => ({
  method: request.method,
  url,
  headers: Object.fromEntries([...request.headers].map(([name, value]) => [name.toLowerCase(), value])), // happy-dom keeps its case
  body: request.body === null ? '' : new Uint8Array(await request.arrayBuffer()),
});

/** Statuses whose answers have no body; `Response` refuses one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

const toBytes = (body: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);

/**
 * A text stays one where its type is told: React Native reads bytes as if each were a character. Without a type it becomes bytes,
 * or `Response` would invent one.
 */
const toBody = (body: string | Uint8Array, headers: HttpResponse['headers']): string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' && 'content-type' in headers ? body : toBytes(body);

/** Until the platform has done what is due, without a timer: a test may have put fake ones in place. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof MessageChannel === 'undefined') return resolve();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** A body that ends in a failure: a moment after its part, or MSW 3 takes the whole answer for a failure. */
const breakOff = (part: Uint8Array<ArrayBuffer>): ReadableStream => {
  const parts = [part];
  return new ReadableStream({
    async pull(controller) {
      const next = parts.shift();
      if (next) return controller.enqueue(next);
      await nextTurn();
      controller.error(new TypeError('terminated'));
    },
  });
};

/**
 * Answers a web-standard request; `url` says where it is to be taken to go, when that is not its own address. Rejects, as the
 * platform's does, with a TypeError when a fault breaks the connection.
 */
export type Fetch = (request: Request, url?: string) => Promise<Response>;

/** What a fault made of a connection; in the words of Node's `fetch`. */
export class BrokenConnection extends TypeError {
  constructor() {
    super('fetch failed');
  }
}

/** The web-standard face of `handle`. */
export const toFetch =
  (handle: RequestHandler): Fetch =>
  async (request, url = request.url) => {
    const { status, headers, body, broken } = await handle(await toHttpRequest(request, url));
    if (broken === 'connection') throw new BrokenConnection();
    if (broken === 'body') return new Response(breakOff(toBytes(body)), { status, headers });
    const isEmpty = WITHOUT_BODY.has(status) || request.method === 'HEAD';
    return new Response(isEmpty ? null : toBody(body, headers), { status, headers });
  };
