import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exchange } from '../exchange.ts';
import { type Exchange, keptHeaders, withoutTokens } from './recording.ts';

/** Where requests go. */
export type Target = { readonly rest: string; readonly graphQL: string };

/** A server that hands on what it is asked. */
export interface Forwarder {
  /** `http://127.0.0.1:54321`: GraphQL at `/graphql`, REST below `/parse`. */
  readonly url: string;
  close(): Promise<void>;
}

/** What belongs to one connection, or is told anew. */
const NOT_HANDED_ON = new Set([
  'host',
  'connection',
  'content-length',
  'accept-encoding',
  'transfer-encoding',
  'expect',
  'keep-alive',
]);

const readBody = async (request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
};

const textsOf = ({ headers }: IncomingMessage): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || NOT_HANDED_ON.has(name) ? [] : [[name, String(value)]],
    ),
  );

const placeOf = (url: string): Pick<Exchange, 'protocol' | 'path'> | undefined => {
  for (const [mount, protocol] of [
    ['/graphql', 'graphql'],
    ['/parse', 'rest'],
  ] as const) {
    const rest = url.slice(mount.length);
    if (url.startsWith(mount) && /^(?:$|[/?])/.test(rest)) return { protocol, path: rest };
  }
  return undefined;
};

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
};

/** Listens on a free port of this machine and hands requests on; `keep` gets each with its answer, without tokens and keys. */
export const startForwarder = async (target: Target, keep: (one: Exchange) => void): Promise<Forwarder> => {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const place = placeOf(request.url ?? '/');
    if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
    if (!place) return void response.writeHead(404, CORS).end();
    const { protocol, path } = place;
    const { method = 'GET' } = request;
    const headers = textsOf(request);
    const body = await readBody(request);
    const isEmpty = body.length === 0 || method === 'GET' || method === 'HEAD';
    const url = `${protocol === 'rest' ? target.rest : target.graphQL}${path}`;
    const { status, headers: given, text } = await exchange({ method, url, headers, body: isEmpty ? undefined : body });
    keep({
      ...{ protocol, method, path: withoutTokens(path), headers: keptHeaders(headers) },
      ...{ body: withoutTokens(new TextDecoder().decode(body)), status, answer: withoutTokens(text) },
    });
    response.writeHead(status, { ...CORS, 'content-type': given.get('content-type') ?? 'text/plain' }).end(text);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) response.writeHead(502, { ...CORS, 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: message }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
