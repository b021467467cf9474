import { findFile, fromBase64 } from '../../operations/files/files.ts';
import type { Parts } from '../parts.ts';
import { json, text } from '../wire/answers.ts';
import type { HttpResponse } from '../wire/message.ts';
import { decodePart } from '../wire/target.ts';
import type { HttpRoute } from './routes.ts';

const TYPES: { readonly [extension: string]: string } = {
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  wav: 'audio/wav',
  webm: 'video/webm',
  webp: 'image/webp',
  xml: 'text/xml',
  zip: 'application/zip',
};

const TEXT_TYPE = /^text\/|[/+](?:json|xml)$/;

/** Like Parse Server, this trusts the name first. */
const typeOf = (name: string, contentType: string): string => {
  const type = TYPES[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? contentType;
  return TEXT_TYPE.test(type) ? `${type}; charset=utf-8` : type;
};

/** Serves the files that were uploaded, to anybody who knows their names; every other method is a call of REST. */
export const createFiles = (parts: Parts, rest: HttpRoute['answer']): HttpRoute['answer'] => {
  const serve = (appId: string, name: string): HttpResponse => {
    if (appId !== parts.options.appId) return json(403, { error: 'Permission denied' });
    const file = findFile(name, parts);
    if (!file) return text(404, 'File not found.');
    return {
      status: 200,
      headers: { 'content-type': typeOf(name, file.contentType), 'x-content-type-options': 'nosniff' },
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
