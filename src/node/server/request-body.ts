import type { IncomingMessage } from 'node:http';

/** Whether a request says that a body follows. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** Whether somebody else has read the body before. */
export const isReadAlready = (request: IncomingMessage): boolean => hasBody(request) && request.readableEnded;

/**
 * The body of a request; undefined when the client went away before its end. What stands behind `limit` bytes is not
 * kept: the one byte more tells the emulator that the body is too large.
 */
export const readRequestBody = (request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> => {
  if (!hasBody(request)) return Promise.resolve(new Uint8Array());
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const finish = (): void => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    request.on('data', (chunk: Buffer) => {
      const room = limit + 1 - size;
      if (room <= 0) return;
      chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
      size += chunk.length;
      if (size > limit) finish(); // the rest is read and dropped, or the client would not hear the answer
    });
    request.on('end', finish);
    request.on('close', () => resolve(undefined)); // comes after `end` too, and changes nothing then
    request.on('error', () => resolve(undefined));
  });
};
