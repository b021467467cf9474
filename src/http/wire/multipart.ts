import { bytewise } from '../../operations/files/files.ts';
import { isObjectOrList } from '../../parse/record.ts';
import { BodyError, checkSize } from './body.ts';
import { toMediaType } from './media-type.ts';
import type { HttpRequest } from './message.ts';

/** A file of a multipart request, as it stands in the variables of the operation. */
export type UploadedFile = {
  readonly filename: string;
  readonly mimetype: string;
  readonly encoding: string;
  readonly bytes: Uint8Array;
  /** Why it is not there, or not whole. */
  readonly failure?: string;
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

/** The parts of a form that are whole; and whether the form has an end. */
type Form = { readonly parts: readonly Part[]; readonly isWhole: boolean };

const END_MISSING = 'Unexpected end of form';

/** The parts of a `multipart/form-data` body (RFC 7578). */
const formOf = ({ body, headers }: HttpRequest): Form => {
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
    if (end === -1) return { parts, isWhole: false };
    const from = start + mark.length + 2;
    // The text has two characters more than the bytes: the line break before the first boundary.
    const part = toPart(bytes.subarray(from - 2, end - 2), text.slice(from, end));
    if (part) parts.push(part);
    start = end;
  }
  return { parts, isWhole: start !== -1 };
};

type Fields = { [name: string]: unknown };

const isFields = (value: unknown): value is Fields => isObjectOrList(value);

const isFile = ({ filename }: Part): boolean => filename !== undefined;

/** The reader of Parse Server takes no more: what stands behind the second is as if it were not there. */
const MOST_FIELDS = 2;

const readField = ({ parts, isWhole }: Form, name: 'operations' | 'map'): Fields => {
  const fields = parts.filter((part) => !isFile(part)).slice(0, MOST_FIELDS);
  const part = fields.find((field) => field.name === name);
  if (!part && !isWhole) throw new BodyError(500, END_MISSING);
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
  const names = parts.map((part) => (isFile(part) ? '(file)' : part.name));
  const places = ['operations', 'map', '(file)'].map((name) => names.indexOf(name)).filter((place) => place !== -1);
  if (places.some((place, index) => place < (places[index - 1] ?? 0)))
    throw new BodyError(400, 'Misordered multipart fields');
};

const toFile = ({ filename = '', type, bytes }: Part): UploadedFile => ({
  filename,
  mimetype: toMediaType(type ?? '')?.essence ?? 'text/plain',
  encoding: '7bit',
  bytes,
});

/** In place of a file that has not come: the operation runs, and hears of it when it wants the file. */
const lacking = (failure: string): UploadedFile => ({
  filename: '',
  mimetype: '',
  encoding: '7bit',
  bytes: new Uint8Array(),
  failure,
});

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
    return readField(formOf(request), 'operations');
  } catch {
    return undefined;
  }
};

/**
 * The operations of a GraphQL multipart request with its files in their places, as graphql-upload reads it.
 * https://github.com/jaydenseric/graphql-multipart-request-spec
 */
export const readOperations = (request: HttpRequest, fileLimit: number): unknown => {
  const form = formOf(request);
  const operations = readField(form, 'operations');
  const map = readField(form, 'map');
  checkOrder(form.parts);
  if (Array.isArray(map)) throw new BodyError(400, 'Invalid type for the ‘map’ multipart field');
  const files = new Map(
    form.parts
      .filter(isFile)
      .reverse()
      .map((part) => [part.name, part]),
  ); // the first of a name counts
  for (const [name, paths] of Object.entries(map)) {
    if (!Array.isArray(paths)) throw new BodyError(400, 'Invalid type for the ‘map’ multipart field');
    const part = files.get(name);
    if (part) checkSize(part.bytes, fileLimit);
    const file = part ? toFile(part) : lacking(form.isWhole ? 'File missing in the request.' : END_MISSING);
    for (const path of paths) place(operations, path, file);
  }
  return operations;
};
