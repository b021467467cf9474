import { permissionDenied } from '../../parse/error.ts';
import type { Auth, Context } from '../context.ts';

/** Whether no ACL, class permission or protected field counts: for the master key, and for the maintenance key. */
export const passesRights = ({ isMaster, isMaintenance }: Auth): boolean => isMaster || isMaintenance === true;

/** Whether nobody asks: no user, and no key that needs none. */
export const isNobody = (auth: Auth): boolean => !auth.user && !passesRights(auth);

/** Throws 119 without the master key. */
export const requireMaster = ({ auth }: Pick<Context, 'auth'>): void => {
  if (!auth.isMaster) throw permissionDenied('OPERATION_FORBIDDEN', 'masterKeyMissing');
};

/** Throws 119 without the master key, and for the one that only reads. */
export const requireWritingMaster = ({ auth }: Pick<Context, 'auth'>): void => {
  requireMaster({ auth });
  if (auth.isReadOnly) throw permissionDenied('OPERATION_FORBIDDEN', 'keyReadOnly');
};
