import type { HttpRequest, RequestHandler } from '../../http/wire/message.ts';

const FIRST_FIELD = /^[^{]*\{\s*(?:\w+\s*:\s*)?(\w+)/;

/** What a GraphQL document does: its kind and its name, or else its first field. Nothing of its values is in that. */
const toOperation = (query: string, operationName: unknown): string => {
  const document = query.replace(/#.*/g, '').trim();
  const [kind = ''] = /^(?:mutation|subscription)\b/.exec(document) ?? ['query'];
  const name = typeof operationName === 'string' && /^\w+$/.test(operationName) ? operationName : undefined;
  const field = FIRST_FIELD.exec(document)?.[1];
  return [kind, name ?? field ?? ''].join(' ').trim();
};

const operationOf = ({ body }: HttpRequest): string => {
  if (body.length === 0 || body.length > 100_000) return '';
  try {
    const sent: unknown = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body));
    if (typeof sent !== 'object' || sent === null || !('query' in sent) || typeof sent.query !== 'string') return '';
    return toOperation(sent.query, 'operationName' in sent ? sent.operationName : undefined);
  } catch {
    return '';
  }
};

/** Tokens of links and of REST stand in the search part and below `/parse/…`; the path alone tells what was asked. */
const pathOf = (url: string): string => url.replace(/[?#].*$/s, '').replace(/r(?::|%3a)[0-9a-f]{32}/gi, '***');

/** Prints one line for each request: method, path, operation, status and milliseconds. */
export const withRequestLines =
  (handle: RequestHandler, print: (line: string) => void): RequestHandler =>
  async (request) => {
    const startedAt = performance.now();
    const answer = await handle(request);
    const operation = operationOf(request);
    const took = `${(performance.now() - startedAt).toFixed(1)} ms`;
    print(
      [request.method, pathOf(request.url), operation, answer.status, took].filter((part) => part !== '').join(' '),
    );
    return answer;
  };
