import { findFile, fromBase64 } from '../../operations/files/files.ts';
import { mediaTypeOf } from '../../operations/files/media-types.ts';
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

/** Whatever a file holds, it is no page of the emulator's origin: from there the keys could be read. */
const HARMLESS = { 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' };

/** Serves the files that were uploaded, to anybody who knows their names; every other method is a call of REST. */
export const createFiles = (parts: Parts, rest: HttpRoute['answer']): HttpRoute['answer'] => {
  const serve = (appId: string, name: string): HttpResponse => {
    if (appId !== parts.options.appId) return json(403, { error: 'Permission denied' });
    const file = findFile(name, parts);
    if (!file) return text(404, 'File not found.');
    return {
      status: 200,
      headers: { 'content-type': typeOf(name, file.contentType), ...HARMLESS },
      body: fromBase64(file.base64),
    };
  };
  return (request, target, path, scope) => {
    const [, appId = '', name = ''] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return isRead && name !== ''
      ? serve(decodePart(appId), decodePart(name))
      : rest(request, target, `/files${path === '/' ? '' : path}`, scope);
  };
};
