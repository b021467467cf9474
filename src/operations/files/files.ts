import { MASTER_ONLY, ParseError, permissionDenied, refusal } from '../../parse/error.ts';
import { isObject, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { runFileTrigger } from '../triggers/files.ts';
import type { TriggeredFile } from '../triggers/triggers.ts';
import { type GivenFileData, readDirectory, readFileData } from './file-data.ts';
import { extensionFor, mediaTypeOf } from './media-types.ts';
import { checkUpload, endOf } from './upload.ts';

const FILE_CLASS = '_File';

/** A file as it is kept: its bytes in base 64. */
export type StoredFile = {
  readonly name: string;
  readonly contentType: string;
  readonly base64: string;
  readonly metadata: JsonObject;
};

const CHUNK = 0x8000; // as many bytes as fromCharCode takes at once on every platform

/** Bytes as text of one character each. Not every platform has a `TextDecoder` for it: in React Native they know UTF-8 alone. */
export const bytewise = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return text;
};

/** The bytes of text in base 64. Throws when it is not base 64. */
export const fromBase64 = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** The address that a file is served at. */
const fileUrl = (name: string, { options }: Pick<Context, 'options'>): string =>
  `${options.publicServerURL ?? options.serverURL}/files/${options.appId}/${name.split('/').map(encodeURIComponent).join('/')}`;

/** An object with the addresses of its files: a file is kept by its name, and where it is served is the server's affair. */
export const withFileUrls = (object: JsonObject, context: Pick<Context, 'options'>): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) =>
      isObject(value) && value['__type'] === 'File'
        ? [name, { ...value, url: fileUrl(String(value['name']), context) }]
        : [name, value],
    ),
  );

/** The object without the addresses of its files. */
export const withoutFileUrls = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      if (!isObject(value) || value['__type'] !== 'File') return [name, value];
      const { url: _, ...file } = value;
      return [name, file];
    }),
  );

/** A name that ends in nothing gets the usual end for its type, as Parse Server gives it. */
const withEnd = (name: string, contentType: string): string => {
  const extension = endOf(name) ? undefined : extensionFor(contentType);
  return extension === undefined ? name : `${name}${name.endsWith('.') ? '' : '.'}${extension}`;
};

/** What Parse's file takes for the type of bytes that came without one. */
const DEFAULT_TYPE = 'text/plain';

/** A file that somebody wants kept. */
export type GivenFile = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string | undefined;
  /** What was sent along; it is read once the file itself may be. */
  readonly data?: () => GivenFileData;
};

const store = (given: TriggeredFile, directory: string, context: Context): string => {
  const { base64 = '', metadata, tags } = given;
  const contentType = given.contentType || DEFAULT_TYPE;
  const whole = withEnd(given.name, contentType);
  const unique = context.options.preserveFileName ? whole : `${context.random.hex(32)}_${whole}`;
  const name = directory === '' ? unique : `${directory}/${unique}`;
  const file = {
    objectId: name,
    contentType: mediaTypeOf(name) ?? contentType,
    base64,
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
  context.store.transact((transaction) => transaction.put(FILE_CLASS, file as unknown as ParseRecord));
  return name;
};

const sizeOf = (base64 = ''): number => fromBase64(base64).length;

/**
 * Keeps a small file in the data. Returns its name, made unique by a prefix unless `preserveFileName` says otherwise, and where it
 * is served; for a file of which a trigger knows that it is served elsewhere, just that. Throws 105, 119, 122 and 130, and
 * what triggers do.
 */
export const createFile = async (given: GivenFile, context: Context): Promise<{ name: string; url: string }> => {
  checkUpload(given.name, given.contentType, context);
  const data = given.data?.() ?? {};
  const directory = readDirectory(data, context);
  if (given.bytes.length === 0) throw refusal('fileEmpty', 'FILE_SAVE_ERROR', 'Invalid file upload.');
  const sent: TriggeredFile = {
    name: given.name,
    base64: btoa(bytewise(given.bytes)),
    ...(given.contentType !== undefined && { contentType: given.contentType }),
    ...readFileData(data, context),
  };
  const file = (await runFileTrigger('beforeSave', { file: sent, fileSize: given.bytes.length }, context)) ?? sent;
  const name = file.url === undefined ? store(file, directory, context) : file.name;
  const url = file.url ?? fileUrl(name, context);
  const fileSize = file.url === undefined && context.triggers.files ? sizeOf(file.base64) : null;
  await runFileTrigger('afterSave', { file: { ...file, name, url }, fileSize }, context);
  return { name, url };
};

/** The file of a name; undefined when there is none. */
export const findFile = (name: string, { store }: Pick<Context, 'store'>): StoredFile | undefined => {
  const file = store.get(FILE_CLASS, name);
  if (!file) return undefined;
  const { contentType, base64, metadata } = file;
  return {
    name,
    contentType: String(contentType),
    base64: String(base64),
    metadata: isObject(metadata) ? metadata : {},
  };
};

/** Deletes a file. Throws 119 without the master key, 153 when there is none of the name, and what triggers throw. */
export const deleteFile = async (name: string, context: Context): Promise<void> => {
  if (!context.auth.isMaster) throw permissionDenied(MASTER_ONLY, 'OPERATION_FORBIDDEN', 'masterKeyMissing');
  const sized = { file: { name, url: fileUrl(name, context), tags: {}, metadata: {} }, fileSize: null };
  await runFileTrigger('beforeDelete', sized, context);
  if (!findFile(name, context)) throw new ParseError('FILE_DELETE_ERROR', 'FileNotFound');
  context.store.transact((transaction) => transaction.delete(FILE_CLASS, name));
  await runFileTrigger('afterDelete', sized, context);
};
