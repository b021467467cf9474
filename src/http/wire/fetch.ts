import type { HttpRequest, HttpResponse, RequestHandler, Stream } from './message.ts';

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

/** So many parts wait for a reader that does not keep up. */
const MOST_WAITING = 1000;

/** A body that goes on until one side ends it. */
const goOn = (
  first: string | Uint8Array,
  stream: Stream,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> => {
  let stop: (() => void) | undefined;
  return new ReadableStream(
    {
      start(controller) {
        controller.enqueue(toBytes(first));
        const abort = (): void => {
          stop?.();
          controller.error(signal && reasonOf(signal));
        };
        const send = (text: string): boolean => {
          controller.enqueue(toBytes(text));
          return (controller.desiredSize ?? 0) > 0;
        };
        const leave = stream.begin(send, () => {
          signal?.removeEventListener('abort', abort);
          controller.close();
        });
        stop = () => {
          signal?.removeEventListener('abort', abort);
          leave();
        };
        signal?.addEventListener('abort', abort, { once: true });
      },
      cancel: () => stop?.(),
    },
    { highWaterMark: MOST_WAITING },
  );
};

/** What a fault made of a connection; in the words of Node's `fetch`. */
export class BrokenConnection extends TypeError {
  constructor() {
    super('fetch failed');
  }
}

/** Answers a request as if it had been sent to `url`. Rejects with a `BrokenConnection` when a fault breaks the connection. */
export const answerAt = async (
  handle: RequestHandler,
  request: Request,
  url: string,
  signal?: AbortSignal,
): Promise<Response> => {
  const { status, headers, body, broken, stream } = await handle(await toHttpRequest(request, url));
  if (broken === 'connection') throw new BrokenConnection();
  if (broken === 'body') return new Response(breakOff(toBytes(body)), { status, headers });
  if (stream) return new Response(goOn(body, stream, signal), { status, headers });
  const isEmpty = WITHOUT_BODY.has(status) || request.method === 'HEAD';
  return new Response(isEmpty ? null : toBody(body, headers), { status, headers });
};

/**
 * The platform's `fetch`, answered without a network. A path alone (`/graphql`) is one of the emulator's. Rejects, as the platform's
 * does, with the reason of a signal that aborts, and with a TypeError when a fault breaks the connection.
 */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const reasonOf = (signal: AbortSignal): unknown =>
  signal.reason ?? new DOMException('This operation was aborted', 'AbortError'); // older platforms know no reason

/** Whichever comes first: the answer, or that nobody wants it any more. */
const unlessAborted = <Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> => {
  if (!signal) return work();
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(reasonOf(signal));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
};

const isRequest = (input: string | URL | Request): input is Request => typeof input === 'object' && 'method' in input;

// A page may have brought a Request or a signal of its own kind, which the platform's Request refuses: each is used as it is.
const toAsked = (input: string | URL | Request, init: RequestInit | undefined, base: string) => {
  if (isRequest(input) && !init) return { request: input, signal: input.signal ?? undefined };
  const { signal, ...rest } = init ?? {};
  const given = isRequest(input) ? input : undefined;
  return {
    request: new Request(given ?? new URL(String(input), base), rest),
    signal: signal ?? given?.signal ?? undefined,
  };
};

/** The web-standard face of `handle`; paths stand below `base`. */
export const toFetch =
  (handle: RequestHandler, base = 'http://localhost:1337'): Fetch =>
  async (input, init) => {
    const { request, signal } = toAsked(input, init, base);
    return unlessAborted(signal, () => answerAt(handle, request, request.url, signal));
  };
