import { MASTER_ONLY, permissionDenied } from '../../parse/error.ts';
import type { Auth, Context } from '../context.ts';

/** Whether no ACL, class permission or protected field counts: for the master key, and for the maintenance key. */
export const passesRights = ({ isMaster, isMaintenance }: Auth): boolean => isMaster || isMaintenance === true;

/** Whether nobody asks: no user, and no key that needs none. */
export const isNobody = (auth: Auth): boolean => !auth.user && !passesRights(auth);

/** Throws 119 without the master key. */
export const requireMaster = ({ auth }: Pick<Context, 'auth'>, without: string = MASTER_ONLY): void => {
  if (!auth.isMaster) throw permissionDenied(without, 'OPERATION_FORBIDDEN', 'masterKeyMissing');
};

/** Throws 119 without the master key, and for the one that only reads, which may not do what `doing` names: `create a hook`. */
export const requireWritingMaster = (context: Pick<Context, 'auth'>, doing: string, without?: string): void => {
  requireMaster(context, without);
  if (context.auth.isReadOnly)
    throw permissionDenied(`read-only masterKey isn't allowed to ${doing}.`, 'OPERATION_FORBIDDEN', 'keyReadOnly');
};
