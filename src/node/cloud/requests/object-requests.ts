import type { FileRequest, ObjectRequest, SaveRequest, TriggeredFile } from '../../../operations/triggers/triggers.ts';
import { toJsonObject } from '../../../parse/json.ts';
import type { JsonObject } from '../../../parse/record.ts';
import type { ParseSdk, SdkFile } from '../parse-sdk.ts';
import { type Lender, type Prepared, toCommon, toObject } from './requests.ts';

/** A request about an object that is not written: a deletion, a log-in, a log-out, a new password. What comes of it does not count. */
export const objectRequest = (lender: Lender, request: ObjectRequest): Prepared<undefined> => ({
  request: { ...toCommon(lender, request), object: toObject(lender, request.className, request.object) },
  answer: (): undefined => undefined,
});

const toConfigObject = ({ Config }: ParseSdk, lender: Lender, params: JsonObject): object => {
  const config = new Config();
  config.attributes = lender.parse._decode(undefined, structuredClone(params));
  return config;
};

/** A request about the application's configuration. */
export const configRequest = (lender: Lender, request: SaveRequest): Prepared<undefined> => ({
  request: {
    ...toCommon(lender, request),
    object: toConfigObject(lender.parse, lender, request.object),
    ...(request.original && { original: toConfigObject(lender.parse, lender, request.original) }),
  },
  answer: (): undefined => undefined,
});

const toFile = ({ parse }: Lender, given: TriggeredFile): SdkFile => {
  const { name, base64, contentType, url, tags, metadata } = given;
  const file =
    base64 === undefined
      ? parse.File.fromJSON({ __type: 'File', name, ...(url !== undefined && { url }) })
      : new parse.File(name, { base64 }, contentType);
  if (base64 !== undefined && url !== undefined) Object.assign(file, { _name: name, _url: url });
  file.setTags?.({ ...tags });
  file.setMetadata?.({ ...metadata });
  return file;
};

const fromFile = async (file: SdkFile): Promise<TriggeredFile> => {
  const url = file.url();
  const base64 = url === undefined ? (file._data ?? (await file.getData?.())) : undefined;
  const contentType = file._source?.type;
  return {
    name: file.name(),
    tags: toJsonObject(file.tags()),
    metadata: toJsonObject(file.metadata()),
    ...(base64 !== undefined && { base64 }),
    ...(contentType && { contentType }),
    ...(url !== undefined && { url }),
  };
};

const isFile = (value: unknown, { parse }: Lender): value is SdkFile => value instanceof parse.File;

/** A request about a file, and how its outcome is read: tags and metadata count, too, that were set on the file itself. */
export const fileRequest = (lender: Lender, request: FileRequest): Prepared<TriggeredFile | undefined> => {
  const file = toFile(lender, request.file);
  return {
    request: { ...toCommon(lender, request), file, fileSize: request.fileSize },
    answer: async (result: unknown): Promise<TriggeredFile | undefined> => {
      if (request.triggerName !== 'beforeSave') return undefined;
      if (isFile(result, lender)) return fromFile(result);
      const { tags, metadata } = await fromFile(file);
      return { ...request.file, tags, metadata };
    },
  };
};
