import type { Emulator } from '../../emulator.ts';
import type { LoggedRequest } from '../../http/steering/logged-request.ts';
import type { HttpRequest, RequestHandler } from '../../http/wire/message.ts';
import { below, toTarget } from '../../http/wire/target.ts';
import { type Paths, pathsOf } from '../../options/paths.ts';

/** Tokens of links and of REST stand in the search part and below `/parse/…`; the path alone tells what was asked. */
const pathOf = (url: string): string => toTarget(url).path.replace(/r(?::|%3a)[0-9a-f]{32}/gi, '***');

const askerOf = ({ user, isMaster }: LoggedRequest): string => {
  if (isMaster) return 'master key';
  return user ? (user.username ?? user.objectId) : 'nobody';
};

/** Root fields, and the name of the operation; REST's is its route, which stands there already. */
const operationOf = ({ operation, operationName }: LoggedRequest): string => {
  if (/^[A-Z]+ \//.test(operation)) return '';
  return operationName === undefined ? operation : `${operation} (${operationName})`;
};

const fromParts = (parts: readonly (string | number)[]): string => parts.filter((part) => part !== '').join(' ');

/** One line: method, path, operation, status, Parse's code, who asked, milliseconds, and the cause of a refusal. */
const toLine = (request: LoggedRequest): string => {
  const { method, url, status, code, milliseconds, cause } = request;
  const error = code === undefined ? '' : `code ${code}`;
  const who = `(${askerOf(request)})`;
  const line = fromParts([method, pathOf(url), operationOf(request), status, error, who, `${milliseconds} ms`]);
  return cause === undefined ? line : `${line}: ${cause}`;
};

/** What no log of requests shows: pages, and the control routes. */
const isUnlogged = ({ url }: HttpRequest, { playground }: Paths): boolean => {
  const { path } = toTarget(url);
  return ['/emulator', playground].some((mount) => below(mount, path) !== undefined);
};

/** Prints one line for each request, once it is answered. Nothing secret is in it. */
export const withRequestLines = (
  emulator: Pick<Emulator, 'watch' | 'options'>,
  handle: RequestHandler,
  print: (line: string) => void,
): RequestHandler => {
  emulator.watch((event) => {
    if (event.kind === 'request') print(toLine(event.request));
  });
  const paths = pathsOf(emulator.options);
  return async (request) => {
    const answer = await handle(request);
    if (isUnlogged(request, paths)) print(fromParts([request.method, pathOf(request.url), answer.status]));
    return answer;
  };
};
