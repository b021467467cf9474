import type { LoggedRequest, OriginalRequest } from '../../../src/client/index.ts';
import { toCurl } from '../../lib/curl.ts';
import { documentOf, pathOf } from './words.ts';

/** Headers that a browser or a program adds by itself, and that say nothing of what was asked. */
const OWN_HEADERS =
  /^(?:host|connection|content-length|accept-encoding|accept-language|origin|referer|user-agent|cookie|pragma|cache-control|dnt|sec-.*|accept|te|transfer-encoding)$/;

/** The headers of a request that were meant. */
export const meantHeaders = (headers: OriginalRequest['headers']): { [name: string]: string } =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined || OWN_HEADERS.test(name) ? [] : [[name, value]],
    ),
  );

/** A request as a command of curl, with its secrets. */
export const toCurlCommand = ({ method, url, headers, body }: OriginalRequest, origin: string): string =>
  toCurl(`${origin}${pathOf(url)}`, { method, headers: meantHeaders(headers), body });

const indent = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`);

const toJs = (value: unknown, by = '  '): string => indent(JSON.stringify(value, null, 2) ?? 'undefined', by);

/** A request as a test for Vitest, which runs by itself: what was answered is what it expects. */
export const toVitestTest = (request: LoggedRequest): string => {
  const { operation, method, url, body, status, answer, user } = request;
  const who = user?.username;
  const headers =
    who === undefined ? 'await emulator.headersFor()' : `await emulator.headersFor(${JSON.stringify(who)})`;
  const made = who === undefined ? '' : `  await emulator.users.create({ username: ${JSON.stringify(who)} });\n`;
  const sent = body === undefined ? '' : `    body: JSON.stringify(${toJs(body, '    ')}),\n`;
  return `import { createEmulator } from 'parse-users-emulator';
import { expect, it } from 'vitest';

it(${JSON.stringify(`answers ${operation} as recorded`)}, async () => {
  const emulator = createEmulator();
${made}  const response = await emulator.fetch(${JSON.stringify(pathOf(url))}, {
    method: ${JSON.stringify(method)},
    headers: { ...(${headers}), 'Content-Type': 'application/json' },
${sent}  });
  expect(response.status).toBe(${status});
  expect(await response.json()).toMatchObject(${toJs(answer ?? {})});
});
`;
};

/** An answer as an override for MSW. */
export const toMswOverride = (request: LoggedRequest): string => {
  const { answer, status, method, url, operationName } = request;
  const isQuery = !/^\s*mutation/.test(documentOf(request) ?? '');
  if (operationName !== undefined && documentOf(request) !== undefined) {
    return `import { graphql, HttpResponse } from 'msw';

server.use(
  graphql.${isQuery ? 'query' : 'mutation'}(${JSON.stringify(operationName)}, () =>
    HttpResponse.json(${toJs(answer, '    ')}, { status: ${status} }),
  ),
);
`;
  }
  const path = pathOf(url).split('?')[0] ?? '/';
  return `import { http, HttpResponse } from 'msw';

server.use(
  http.${method.toLowerCase()}(${JSON.stringify(`*${path}`)}, () =>
    HttpResponse.json(${toJs(answer, '    ')}, { status: ${status} }),
  ),
);
`;
};

/** What makes the next call of this kind fail as this one did, or by the network if it did not. */
export const toFault = ({ operation, code, status }: LoggedRequest): string => {
  const effect = typeof code === 'number' ? { error: { code } } : status >= 400 ? { status } : { network: true };
  return `emulator.faults.add(${JSON.stringify({ operation: operation, ...effect, times: 1 }, null, 2)});
`;
};
