import { UserError } from '../../parse/user-error.ts';

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'its folder does not exist',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
};

/** The code of a system error, such as `ENOENT`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** The message of an error of our own, or what the system says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Why something failed, in words for a person. */
export const reasonOf = (error: unknown): string => REASONS[codeOf(error) ?? ''] ?? messageOf(error);

/** A message about a file: `Failed to read users.json: permission is denied`. */
export const fileError = (verb: string, path: string, error: unknown): Error =>
  new UserError(`Failed to ${verb} ${path}: ${reasonOf(error)}`, { cause: error });

/** Whether an error about a file, as `fileError` makes it, says that it cannot be written; it may be read all the same. */
export const isUnwritable = (error: unknown): boolean =>
  error instanceof Error && ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(codeOf(error.cause) ?? '');

/** Whether an error about a file says that there is no room for more. */
export const isFull = (error: unknown): boolean =>
  error instanceof Error && ['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? codeOf(error.cause) ?? '');
