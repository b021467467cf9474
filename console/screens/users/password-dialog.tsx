import { type ReactNode, useState } from 'react';
import { useConnection } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../kit/dialog.tsx';
import { Form } from '../../kit/form.tsx';
import { Note } from '../../kit/notes.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { messageOf } from '../../lib/messages.ts';
import { askRest } from '../../lib/rest.ts';

type PasswordDialogProps = { readonly path: string; readonly name: string; readonly onClose: () => void };

/** Sets the password of a user. */
export const PasswordDialog = ({ path, name, onClose }: PasswordDialogProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string>();
  const set = async (): Promise<void> => {
    try {
      await askRest(connection, { method: 'PUT', path, body: { password } });
      tell.done('The password is set.', async () => void (await connection.history.undo()));
      onClose();
    } catch (problem) {
      setError(messageOf(problem));
    }
  };
  return (
    <Dialog title={`Set the password of ${name}`} onClose={onClose}>
      <Form onSubmit={set}>
        <DialogBody>
          <TextField label="New password" value={password} onChange={setPassword} error={error} autoFocus />
          <Note>
            As in Parse Server, the user's sessions end, unless the option revokeSessionOnPasswordReset is off.
          </Note>
        </DialogBody>
        <DialogFoot>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={password === ''}>
            Set
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  );
};
