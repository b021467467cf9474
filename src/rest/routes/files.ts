import type { Context } from '../../operations/context.ts';
import type { GivenFileData } from '../../operations/files/file-data.ts';
import { createFile, deleteFile } from '../../operations/files/files.ts';
import { ParseError } from '../../parse/error.ts';
import { isObject, type JsonObject } from '../../parse/record.ts';
import { notReadOnly, writingMasterOnly } from '../errors.ts';
import type { RestCall, RestResponse, RestRoute } from '../message.ts';

/** The JSON object in a header; undefined without the header. Throws 107. */
const readHeader = (name: string, { headers }: RestCall): JsonObject | undefined => {
  const text = headers[name.toLowerCase()];
  if (!text) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    if (isObject(read)) return read;
  } catch {}
  throw new ParseError('INVALID_JSON', `Invalid JSON in ${name} header.`);
};

/** What is sent along with a file: beside it in JSON or, where the body is to be read bit by bit, in headers. */
const fileDataOf = (call: RestCall): GivenFileData => {
  const { headers, fileData = {} } = call;
  if (headers['x-parse-upload-mode'] !== 'stream') return fileData;
  const directory = headers['x-parse-file-directory'];
  const metadata = readHeader('X-Parse-File-Metadata', call);
  const tags = readHeader('X-Parse-File-Tags', call);
  return { ...(directory && { directory }), ...(metadata && { metadata }), ...(tags && { tags }) };
};

const create = async (call: RestCall, context: Context): Promise<RestResponse> => {
  const { named, body, headers } = call;
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  const given = { name: named.name, bytes, contentType: headers['content-type'], data: () => fileDataOf(call) };
  const { url, name } = await createFile(given, context);
  return { status: 201, headers: { location: url }, body: { url, name } };
};

/** Upload and removal of files; `http` serves them. */
export const FILE_ROUTES: readonly RestRoute[] = [
  { method: 'POST', path: '/files/:name', run: notReadOnly(create, 'create a file') },
  {
    method: 'DELETE',
    path: '/files/*name',
    run: writingMasterOnly(async ({ named }, context) => {
      await deleteFile(named.name, context);
      return { status: 200, body: undefined };
    }, 'delete a file'),
  },
];
