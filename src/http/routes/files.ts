import { findFile, fromBase64 } from '../../operations/files/files.ts';
import { mediaTypeOf } from '../../operations/files/media-types.ts';
import { messageOf, permissionDenied } from '../../parse/error.ts';
import type { Parts } from '../parts.ts';
import { json, text } from '../wire/answers.ts';
import type { HttpResponse } from '../wire/message.ts';
import { decodePart } from '../wire/target.ts';
import type { HttpRoute } from './routes.ts';

// The types of which Parse Server tells the charset.
const TEXT_TYPE = /^(?:text\/.*|application\/(?:json|javascript|manifest\+json))$/;

/** Like Parse Server, this trusts the name first. */
const typeOf = (name: string, contentType: string): string => {
  const type = mediaTypeOf(name) ?? contentType;
  return TEXT_TYPE.test(type) ? `${type}; charset=utf-8` : type;
};

/** Whatever a file holds, it is not a page of the emulator's origin: from there the keys could be read. */
const HARMLESS = { 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' };

/** From where to where, the end left out. */
type Part = { readonly start: number; readonly end: number };

const isNumber = (text: string | undefined): boolean => !Number.isNaN(Number(text));

/**
 * The part that a `Range` header asks for, as the adapter for GridFS reads it: what lies beyond the file is cut off, and
 * several parts at once are the whole file, which is what undefined stands for.
 */
const partOf = (range: string | undefined, length: number): Part | undefined => {
  const [from, to] = (range || '/-/').split('-');
  if (!isNumber(from) && !isNumber(to)) return undefined;
  const [fromText = '', toText] = (range ?? '').replace('bytes=', '').split('-');
  const first = Number.parseInt(fromText, 10);
  const last = toText ? Number.parseInt(toText, 10) : length;
  const end = Math.max(first || 0, last) + 1 || length;
  if (Number.isNaN(first)) return { start: Math.max(length - end + 1, 0), end: length };
  return { start: Math.max(Math.min(first, last, length), 0) || 0, end: Math.min(end, length) };
};

const PATH = /^\/([^/]+)\/(metadata\/(?=.))?(.+)$/i;

/** What a file without a name is refused with, whoever sends it. */
const UNNAMED = { code: 122, error: 'Filename not provided.' };

/** Serves the files that were uploaded, to anybody who knows their names; every other method is a call of REST. */
export const createFiles = (parts: Parts, rest: HttpRoute['answer']): HttpRoute['answer'] => {
  const serve = (appId: string, name: string, range: string | undefined): HttpResponse => {
    if (appId !== parts.options.appId)
      return json(403, { error: messageOf(permissionDenied('Invalid application ID.'), parts.options) });
    const file = findFile(name, parts);
    if (!file) return text(404, 'File not found.');
    const bytes = fromBase64(file.base64);
    const headers = { 'content-type': typeOf(name, file.contentType), ...HARMLESS };
    const part = partOf(range, bytes.length);
    if (!part) return { status: 200, headers, body: bytes };
    const { start, end } = part;
    const ofPart = { 'accept-ranges': 'bytes', 'content-range': `bytes ${start}-${end}/${bytes.length}` };
    return { status: 206, headers: { ...headers, ...ofPart }, body: bytes.subarray(start, end) };
  };

  const describe = (appId: string, name: string): HttpResponse => {
    const file = appId === parts.options.appId ? findFile(name, parts) : undefined;
    return json(200, file ? { metadata: file.metadata } : {});
  };

  return (request, target, path, scope) => {
    const [, appId = '', isMetadata, name = ''] = PATH.exec(path) ?? [];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (request.method === 'POST' && path === '/') return json(400, UNNAMED);
    if (!isRead || name === '') return rest(request, target, `/files${path === '/' ? '' : path}`, scope);
    const names = [decodePart(appId), decodePart(name)] as const;
    return isMetadata ? describe(...names) : serve(...names, request.headers['range']);
  };
};
