import { type ReactNode, useState } from 'react';
import type { JsonObject } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { useConfirm } from '../../kit/confirm.tsx';
import { Menu } from '../../kit/menu.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { askRest, restPathOf } from '../../lib/rest.ts';
import { PasswordDialog } from './password-dialog.tsx';
import type { UserState } from './read-user.ts';

type UserActionsProps = {
  readonly state: UserState;
  readonly onDone: () => void;
  readonly onDeleted: () => void;
};

/** What can be done with a user, in a menu. */
export const UserActions = ({ state, onDone, onDeleted }: UserActionsProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const confirm = useConfirm();
  const [isSettingPassword, setSettingPassword] = useState(false);
  const { user, lockedUntil } = state;
  const path = restPathOf('_User', String(user['objectId']));
  const name = String(user['username'] ?? user['objectId']).slice(0, 80);
  const hasAddress = typeof user['email'] === 'string';
  const isVerified = user['emailVerified'] === true;

  const undo = async (): Promise<void> => void (await connection.history.undo());
  const change = async (body: JsonObject, done: string): Promise<void> => {
    await tell.attempt(() => askRest(connection, { method: 'PUT', path, body }), done, undo);
    onDone();
  };
  const lock = async (isLocked: boolean): Promise<void> => {
    const work = (): Promise<void> => connection.users.lock(String(user['username']), isLocked);
    await tell.attempt(work, isLocked ? `${name} is locked.` : `${name} is unlocked.`, undo);
    onDone();
  };
  const remove = async (): Promise<void> => {
    const text = 'The user and nothing else is taken away. You can undo it until something else is written.';
    if (!(await confirm({ title: `Delete ${name}?`, text, action: 'Delete' }))) return;
    const work = (): Promise<unknown> => askRest(connection, { method: 'DELETE', path });
    if (await tell.attempt(work, `${name} was deleted.`, undo)) onDeleted();
  };
  return (
    <>
      <Menu
        label="More about this user"
        isIconOnly
        look="quiet"
        entries={[
          { id: 'password', label: 'Set a password', icon: 'key', onAction: () => setSettingPassword(true) },
          {
            id: 'verify',
            label: isVerified ? 'Take the verification back' : 'Verify the address',
            icon: 'check',
            isDisabled: !hasAddress,
            onAction: () =>
              change({ emailVerified: !isVerified }, isVerified ? 'It is not verified any more.' : 'It is verified.'),
          },
          {
            id: 'lock',
            label: lockedUntil === undefined ? 'Lock the account' : 'Unlock the account',
            icon: 'alert',
            onAction: () => lock(lockedUntil === undefined),
          },
          { id: 'delete', label: 'Delete', icon: 'trash', isDanger: true, onAction: remove },
        ]}
      />
      {isSettingPassword && <PasswordDialog path={path} name={name} onClose={() => setSettingPassword(false)} />}
    </>
  );
};
