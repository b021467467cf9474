import { ParseError } from '../../parse/error.ts';
import { isObject } from '../../parse/record.ts';
import { compilePattern } from '../../parse/regex/regex.ts';
import type { Context } from '../context.ts';

const NAME = /^[_a-zA-Z0-9][a-zA-Z0-9@. ~_-]*$/;
const NAME_LENGTH = 128;

// What a browser would run as a page or a script of its own, by Parse Server's default.
const RUNNABLE = /^(?:[xs]?html?|xht|svgz?|xslt?|xml)(?:\+xml)?$/i;

const refused = (message: string): ParseError => new ParseError('FILE_SAVE_ERROR', message);

const checkUploader = ({ auth, options }: Context): void => {
  const rules = options.fileUpload ?? {};
  if (auth.isMaster) return;
  if (!auth.user) {
    if (!rules.enableForPublic) throw refused('File upload by public is disabled.');
    return;
  }
  const { authData } = auth.user;
  if (isObject(authData) && authData['anonymous']) {
    if (!rules.enableForAnonymousUser) throw refused('File upload by anonymous user is disabled.');
  } else if (rules.enableForAuthenticatedUser === false)
    throw refused('File upload by authenticated user is disabled.');
};

const checkName = (name: string): void => {
  if (name === '') throw new ParseError('INVALID_FILE_NAME', 'Filename not provided.');
  if (name.length > NAME_LENGTH) throw new ParseError('INVALID_FILE_NAME', 'Filename too long.');
  if (!NAME.test(name)) throw new ParseError('INVALID_FILE_NAME', 'Filename contains invalid characters.');
};

const extensionOf = (name: string, contentType: string | undefined): string | undefined => {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? contentType?.split(';')[0]?.split('/')[1]?.trim() : name.slice(dot + 1);
};

const isAccepted = (extension: string, patterns: readonly string[] | undefined): boolean =>
  patterns
    ? patterns.some((pattern) => pattern === '*' || compilePattern(pattern, '').test(extension))
    : !RUNNABLE.test(extension);

/**
 * Throws 130 when the caller may not upload files, or not of this kind, and 122 for a bad name. The kind is the end of the name,
 * or the content type where the name has none; the master key may upload any.
 */
export const checkUpload = (name: string, contentType: string | undefined, context: Context): void => {
  checkUploader(context);
  checkName(name);
  const extension = extensionOf(name, contentType);
  if (context.auth.isMaster || !extension || isAccepted(extension, context.options.fileUpload?.fileExtensions)) return;
  throw refused(`File upload of extension ${extension} is disabled.`);
};
