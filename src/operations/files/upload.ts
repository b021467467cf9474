import { ParseError } from '../../parse/error.ts';
import { isObject } from '../../parse/record.ts';
import { compilePattern } from '../../parse/regex/regex.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import type { Context } from '../context.ts';
import { mediaTypeOf } from './media-types.ts';

const NAME = /^[_a-zA-Z0-9][a-zA-Z0-9@. ~_-]*$/;
const NAME_LENGTH = 128;

// What a browser would run as a page or a script of its own, by Parse Server's default.
const RUNNABLE =
  /^(?:[xs]?html?(?:\+xml)?|xht|svg(?:z|\+xml)?|xml|xslt?(?:\+xml)?|xsd|rng|rdf(?:\+xml)?|owl|mathml(?:\+xml)?)$/i;

const REFUSED = { nothing: undefined, html: /^[hH][tT][mM][lL]?$/, runnable: RUNNABLE } as const;

const refused = (message: string): ParseError => new ParseError('FILE_SAVE_ERROR', message);

const checkUploader = ({ auth, options }: Context): void => {
  const { isPublic } = behaviourOf(options).uploads;
  const rules = { ...(isPublic && { enableForPublic: true, enableForAnonymousUser: true }), ...options.fileUpload };
  if (auth.isMaster || auth.isMaintenance) return;
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

/** What follows the last dot of a name, which may be nothing; undefined for a name without a dot. */
export const endOf = (name: string): string | undefined => {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? undefined : name.slice(dot + 1);
};

const withoutSpace = (text: string): string => text.replace(/\s/g, '');

/** Throws 130 for an extension that is not accepted. */
type Check = (extension: string) => void;

const checkAgainst = ({ options }: Context): Check => {
  const patterns = options.fileUpload?.fileExtensions;
  const isRefused = REFUSED[behaviourOf(options).uploads.refused];
  const isAccepted = (extension: string): boolean =>
    patterns
      ? patterns.some((pattern) => pattern === '*' || compilePattern(pattern, '').test(extension))
      : !isRefused?.test(extension);
  return (extension) => {
    if (!isAccepted(extension)) throw refused(`File upload of extension ${extension} is disabled.`);
  };
};

// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;

/** A type that cannot be read is refused: a browser would guess from the bytes, and take them for a page. */
const checkContentType = (contentType: string, check: Check): void => {
  const slash = contentType.indexOf('/');
  const type = contentType.slice(0, Math.max(slash, 0)).trim();
  const [subtype = ''] = slash > 0 ? contentType.slice(slash + 1).split(';') : [];
  if (TOKEN.test(type) && TOKEN.test(subtype.trim())) {
    check(subtype.trim());
    return;
  }
  const [bare = ''] = slash === -1 ? contentType.split(';') : [type];
  if (withoutSpace(bare) !== '') check(withoutSpace(bare));
  throw refused('Invalid Content-Type.');
};

/**
 * Throws 130 when the caller may not upload files, or not of this kind, and 122 for a bad name. The kind is the end of the name
 * and, where no media type is known by that end, the content type as well; the master key may upload any. The maintenance key is not a user who could be kept out.
 */
export const checkUpload = (name: string, contentType: string | undefined, context: Context): void => {
  checkUploader(context);
  checkName(name);
  if (context.auth.isMaster) return;
  const patterns = context.options.fileUpload?.fileExtensions;
  const check = checkAgainst(context);
  const extension = withoutSpace(endOf(name) ?? '');
  if (extension !== '') check(extension);
  const isKnown = extension !== '' && mediaTypeOf(name) !== undefined;
  if (!isKnown && contentType && !patterns?.includes('*')) checkContentType(contentType, check);
};
