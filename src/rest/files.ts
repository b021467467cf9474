import type { Context } from '../operations/context.ts';
import { createFile, deleteFile } from '../operations/files/files.ts';
import { ParseError } from '../parse/error.ts';
import { notReadOnly, writingMasterOnly } from './errors.ts';
import type { RestCall, RestResponse, RestRoute } from './message.ts';

const create = async ({ named, body, headers }: RestCall, context: Context): Promise<RestResponse> => {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  const { url, name } = await createFile({ name: named.name, bytes, contentType: headers['content-type'] }, context);
  return { status: 201, headers: { location: url }, body: { url, name } };
};

/** Upload and removal of files; `http` serves them. */
export const FILE_ROUTES: readonly RestRoute[] = [
  {
    method: 'POST',
    path: '/files',
    run: () => {
      throw new ParseError('INVALID_FILE_NAME', 'Filename not provided.');
    },
  },
  { method: 'POST', path: '/files/:name', run: notReadOnly(create) },
  {
    method: 'DELETE',
    path: '/files/:name',
    run: writingMasterOnly(async ({ named }, context) => {
      await deleteFile(named.name, context);
      return { status: 200, body: undefined };
    }),
  },
];
