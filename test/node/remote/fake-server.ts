import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server of the test's own, gone when the test is over. Returns its address. */
export const serve = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A server that answers each path with a value as JSON; text is as it is. */
export const serveJson = (answers: (path: string, query: URLSearchParams) => unknown): Promise<string> =>
  serve((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const value = answers(pathname, searchParams);
    const isText = typeof value === 'string';
    response.writeHead(value === undefined ? 404 : 200, { 'content-type': isText ? 'text/html' : 'application/json' });
    response.end(isText ? value : value === undefined ? '' : JSON.stringify(value));
  });
