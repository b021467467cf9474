import { bytewise } from '../../operations/files/files.ts';
import { BodyError, checkSize } from './body.ts';
import { toMediaType } from './media-type.ts';
import type { HttpRequest } from './message.ts';

/** A file of a multipart request, as it stands in the variables of the operation. */
export type UploadedFile = {
  readonly filename: string;
  readonly mimetype: string;
  readonly encoding: string;
  readonly bytes: Uint8Array;
};

type Part = {
  readonly name: string;
  readonly filename: string | undefined;
  readonly type: string | undefined;
  readonly bytes: Uint8Array;
};

const FIELD_LIMIT = 1_000_000;
const UTF8 = new TextDecoder();

const toBytes = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body;

const parameter = (header: string, name: string): string | undefined => {
  const [, quoted, bare] = new RegExp(`;\\s*${name}=(?:"((?:\\\\.|[^"\\\\])*)"?|([^\\s;]+))`, 'i').exec(header) ?? [];
  return quoted?.replace(/\\(["\\])/g, '$1') ?? bare;
};

const toPart = (bytes: Uint8Array, text: string): Part | undefined => {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const headers = UTF8.decode(bytes.subarray(0, end));
  const header = (name: string): string | undefined => new RegExp(`^${name}:(.*)$`, 'im').exec(headers)?.[1]?.trim();
  const disposition = header('content-disposition') ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) return undefined;
  const filename = parameter(disposition, 'filename')?.replace(/^.*[\\/]/, '');
  return { name, filename, type: header('content-type'), bytes: bytes.subarray(end + 4) };
};

/** The parts of a `multipart/form-data` body (RFC 7578). */
const partsOf = ({ body, headers }: HttpRequest): Part[] => {
  const boundary = parameter(headers['content-type'] ?? '', 'boundary');
  if (!boundary) throw new BodyError(500, 'Multipart: Boundary not found');
  const bytes = toBytes(body);
  // one character for each byte, so that places in the text are places in the bytes
  const text = `\r\n${bytewise(bytes)}`;
  const mark = `\r\n--${boundary}`;
  const parts: Part[] = [];
  let start = text.indexOf(mark);
  while (start !== -1 && !text.startsWith('--', start + mark.length)) {
    const end = text.indexOf(mark, start + mark.length);
    if (end === -1) throw new BodyError(500, 'Unexpected end of form');
    const from = start + mark.length + 2;
    // The text has two characters more than the bytes: the line break before the first boundary.
    const part = toPart(bytes.subarray(from - 2, end - 2), text.slice(from, end));
    if (part) parts.push(part);
    start = end;
  }
  if (start === -1) throw new BodyError(500, 'Unexpected end of form');
  return parts;
};

type Fields = { [name: string]: unknown };

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const readField = (parts: readonly Part[], name: 'operations' | 'map'): Fields => {
  const part = parts.find((candidate) => candidate.name === name && candidate.filename === undefined);
  if (!part) throw new BodyError(400, `Missing multipart field ‘${name}’`);
  checkSize(part.bytes, FIELD_LIMIT);
  try {
    const value: unknown = JSON.parse(UTF8.decode(part.bytes));
    if (isFields(value)) return value;
  } catch {}
  throw new BodyError(400, `Invalid JSON in the ‘${name}’ multipart field`);
};

/** The fields come first, so that a reader that streams knows where each file goes. */
const checkOrder = (parts: readonly Part[]): void => {
  const isFile = ({ filename }: Part): boolean => filename !== undefined;
  const names = parts.map((part) => (isFile(part) ? '(file)' : part.name));
  const places = ['operations', 'map', '(file)'].map((name) => names.indexOf(name)).filter((place) => place !== -1);
  if (places.some((place, index) => place < (places[index - 1] ?? 0)))
    throw new BodyError(400, 'Misordered multipart fields');
};

/** Puts `file` at a path such as `variables.input.upload`, where a null holds its place. */
const place = (operations: Fields, path: unknown, file: UploadedFile): void => {
  const names = typeof path === 'string' ? path.split('.') : [];
  const last = names.pop();
  let target: unknown = operations;
  for (const name of names) target = isFields(target) && Object.hasOwn(target, name) ? target[name] : undefined;
  if (!isFields(target) || last === undefined || !Object.hasOwn(target, last)) {
    throw new BodyError(400, 'Invalid object path in the ‘map’ multipart field');
  }
  target[last] = file;
};

/** The operations of a GraphQL multipart request, without its files; undefined when there are none. */
export const peekOperations = (request: HttpRequest): unknown => {
  try {
    return readField(partsOf(request), 'operations');
  } catch {
    return undefined;
  }
};

/**
 * The operations of a GraphQL multipart request with its files in their places, as graphql-upload reads it.
 * https://github.com/jaydenseric/graphql-multipart-request-spec
 */
export const readOperations = (request: HttpRequest, fileLimit: number): unknown => {
  const parts = partsOf(request);
  const operations = readField(parts, 'operations');
  const map = readField(parts, 'map');
  checkOrder(parts);
  if (Array.isArray(map)) throw new BodyError(400, 'Invalid type for the ‘map’ multipart field');
  for (const [name, paths] of Object.entries(map)) {
    if (!Array.isArray(paths)) throw new BodyError(400, 'Invalid type for the ‘map’ multipart field');
    const part = parts.find((candidate) => candidate.name === name && candidate.filename !== undefined);
    if (!part) throw new BodyError(400, 'File missing in the request.');
    checkSize(part.bytes, fileLimit);
    const { filename = '', bytes } = part;
    const type = toMediaType(part.type ?? '')?.essence ?? 'text/plain';
    for (const path of paths) place(operations, path, { filename, mimetype: type, encoding: '7bit', bytes });
  }
  return operations;
};
