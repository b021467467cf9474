import type { RequestReason } from '../../parse/reason.ts';
import { toMediaType } from './media-type.ts';
import type { HttpRequest } from './message.ts';

// A body of JSON that is broken says so itself; what is left are forms.
const REASONS: { readonly [status in 400 | 413 | 415 | 500]: RequestReason } = {
  400: 'formBroken',
  413: 'bodyTooLarge',
  415: 'bodyUnreadable',
  500: 'formBroken',
};

/** A body that cannot be read. The message is the one that Parse Server's own body reader gives. */
export class BodyError extends Error {
  readonly status: 400 | 413 | 415 | 500;
  /** What happened. */
  readonly reason: RequestReason;

  constructor(status: BodyError['status'], message: string, reason: RequestReason = REASONS[status]) {
    super(message);
    this.name = 'BodyError';
    this.status = status;
    this.reason = reason;
  }
}

const encoder = new TextEncoder();
const UTF8 = new TextDecoder();

/** Throws 413 when the body has more than `limit` bytes. */
export const checkSize = (body: string | Uint8Array, limit: number): void => {
  // A character of a text is at most three bytes, so that only a long one must be counted.
  const size = typeof body !== 'string' || body.length * 3 <= limit ? body.length : encoder.encode(body).length;
  if (size > limit) throw new BodyError(413, 'request entity too large');
};

const decoderFor = (charset: string): TextDecoder => {
  if (charset === 'utf-8') return UTF8;
  try {
    return new TextDecoder(charset);
  } catch {
    throw new BodyError(415, `unsupported charset "${charset.toUpperCase()}"`);
  }
};

/** The text of a body, without a byte order mark. */
const textOf = ({ body, headers }: HttpRequest, charset = 'utf-8'): string => {
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity') throw new BodyError(415, `unsupported content encoding "${encoding}"`);
  const decoder = decoderFor(charset);
  if (typeof body !== 'string') return decoder.decode(body);
  return body.charCodeAt(0) === 0xfeff ? body.slice(1) : body;
};

const parseJson = (text: string): unknown => {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new BodyError(400, error instanceof Error ? error.message : String(error), 'jsonBroken');
  }
  const [first = ''] = text.trimStart();
  throw new BodyError(
    400,
    `Unexpected token '${first}', ${JSON.stringify(text.slice(0, 20))} is not valid JSON`,
    'jsonBroken',
  );
};

/** The JSON object or list in a body; undefined when there is no body. Throws a `BodyError` for anything else. */
export const readJson = (request: HttpRequest, limit: number): unknown => {
  if (request.body.length === 0) return undefined;
  const charset = toMediaType(request.headers['content-type'] ?? '')?.charset ?? 'utf-8';
  if (!charset.startsWith('utf-')) throw new BodyError(415, `unsupported charset "${charset.toUpperCase()}"`);
  checkSize(request.body, limit);
  return parseJson(textOf(request, charset));
};

const FORM_LIMIT = 100 * 1024;
const MOST_FIELDS = 1000;

/** The fields of an HTML form (`application/x-www-form-urlencoded`); one that comes several times is a list. */
export const readForm = (request: HttpRequest): { [name: string]: string | string[] } => {
  checkSize(request.body, FORM_LIMIT);
  const fields = new URLSearchParams(textOf(request));
  const names = [...fields.keys()];
  if (names.length > MOST_FIELDS) throw new BodyError(413, 'too many parameters');
  return Object.fromEntries(
    [...new Set(names)].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
};
