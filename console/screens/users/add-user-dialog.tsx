import { type ReactNode, useState } from 'react';
import type { Json } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../kit/dialog.tsx';
import { Form } from '../../kit/form.tsx';
import { Switch } from '../../kit/switch.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { messageOf } from '../../lib/messages.ts';

type AddUserDialogProps = { readonly onClose: () => void; readonly onAdded: (objectId: string) => void };

/** Makes a user by Parse's rules. */
export const AddUserDialog = ({ onClose, onAdded }: AddUserDialogProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [email, setEmail] = useState('');
  const [isVerified, setVerified] = useState(false);
  const [error, setError] = useState<string>();

  const add = async (): Promise<void> => {
    const others: { [field: string]: Json } = {};
    if (password !== '') others['password'] = password;
    if (email !== '') others['email'] = email;
    try {
      const { objectId } = await connection.users.create({ username, ...others });
      if (isVerified && email !== '') await connection.users.verifyEmail(username);
      tell.done(`${username} was added.`);
      onAdded(objectId);
    } catch (problem) {
      setError(messageOf(problem));
    }
  };
  return (
    <Dialog title="Add a user" onClose={onClose}>
      <Form onSubmit={add}>
        <DialogBody>
          <TextField label="Username" value={username} onChange={setUsername} error={error} autoFocus />
          <TextField
            label="Password"
            value={password}
            onChange={setPassword}
            description="Left empty, it is “secret”."
          />
          <TextField label="Address" type="email" value={email} onChange={setEmail} />
          <Switch isOn={isVerified} onChange={setVerified} isDisabled={email === ''}>
            The address is verified
          </Switch>
        </DialogBody>
        <DialogFoot>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={username === ''}>
            Add
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  );
};
