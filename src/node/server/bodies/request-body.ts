import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Arrivals } from './arrivals.ts';
import { Pieces } from './pieces.ts';

/** A request of either version of HTTP, as Node hands it over. */
export type AnyRequest = IncomingMessage | Http2ServerRequest;

/** Whether a request says that a body follows. HTTP/2 needs no header for that. */
const hasBody = (request: AnyRequest): boolean => {
  const { headers } = request;
  if ('stream' in request) return !request.stream.endAfterHeaders;
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
};

/** Whether somebody else has read the body before. */
export const isReadAlready = (request: AnyRequest): boolean => hasBody(request) && request.readableEnded;

/** As many bytes as a body that is too large, without what was in it: the platform takes no memory for what nobody writes. */
const tooLarge = (limit: number): Uint8Array => new Uint8Array(limit + 1);

/** A body, and what gives its memory back once it was answered. */
export type ReadBody = { readonly body: Uint8Array; release(): void };

/**
 * The body of a request; undefined when the client went away before its end. A body of more than `limit` bytes is not kept: the
 * one byte more tells the emulator that it is too large. What announces itself as too large is not even waited for.
 */
export const readRequestBody = (
  request: AnyRequest,
  limit: number,
  arrivals: Arrivals,
): Promise<ReadBody | undefined> => {
  const nothing = (): void => undefined;
  if (!hasBody(request)) return Promise.resolve({ body: new Uint8Array(), release: nothing });
  const length = request.headers['content-length'];
  const announced = length === undefined ? undefined : Number(length);
  if (limit === 0 || (announced !== undefined && announced > limit)) {
    request.resume(); // the rest is read and dropped, or the client would not hear the answer
    return Promise.resolve({ body: tooLarge(limit), release: nothing });
  }
  return new Promise((resolve) => {
    const arrival = arrivals.begin(() => request.resume());
    const pieces = new Pieces();
    let isBeyond = false;
    const release = (): void => {
      pieces.clear();
      arrival.end();
    };
    request.on('data', (chunk: Buffer) => {
      if (isBeyond) return;
      isBeyond = pieces.size + chunk.length > limit;
      if (isBeyond) {
        release();
        resolve({ body: tooLarge(limit), release: nothing });
        return;
      }
      pieces.add(chunk);
      if (!arrival.take(chunk.length)) request.pause();
    });
    const giveUp = (): void => {
      release();
      resolve(undefined);
    };
    let isWhole = false;
    request.on('end', () => {
      isWhole = true;
      if (!isBeyond) resolve({ body: pieces.join(), release });
    });
    // comes after `end` too, and changes nothing then
    request.on('close', () => isWhole || giveUp());
    request.on('error', () => isWhole || giveUp());
  });
};
