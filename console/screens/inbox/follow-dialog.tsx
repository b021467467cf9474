import { type ReactNode, useState } from 'react';
import type { OutboxMail } from '../../../src/client/index.ts';
import { useHost } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../kit/dialog.tsx';
import { Form } from '../../kit/form.tsx';
import { ErrorNote, Waiting } from '../../kit/notes.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { useLoad } from '../../lib/use-load.ts';
import { followLink, type LinkedForm, type LinkedPage, sendPassword } from './follow-link.ts';

const PasswordForm = ({ form, onSent }: { form: LinkedForm; onSent: (page: LinkedPage) => void }): ReactNode => {
  const host = useHost();
  const tell = useTell();
  const [password, setPassword] = useState('');
  const send = (): Promise<boolean> => tell.attempt(async () => onSent(await sendPassword(host, form, password)));
  return (
    <Form onSubmit={send}>
      <TextField label="New password" value={password} onChange={setPassword} autoFocus />
      <Button look="primary" type="submit" isDisabled={password === ''}>
        Set it
      </Button>
    </Form>
  );
};

/** The page that the link of a mail leads to, where the emulator is in this page and no browser can go there. */
export const FollowDialog = ({
  mail,
  onClose,
}: {
  readonly mail: OutboxMail;
  readonly onClose: () => void;
}): ReactNode => {
  const host = useHost();
  const [following] = useState(() => followLink(host, mail.link));
  const [answered, setAnswered] = useState<LinkedPage>();
  const { value, error } = useLoad(mail.link, () => following);
  const page = answered ?? value;
  return (
    <Dialog title={mail.subject} onClose={onClose}>
      <DialogBody>
        {error !== undefined && <ErrorNote error={error} />}
        {!page && error === undefined && <Waiting />}
        {page && <p>{page.text}</p>}
        {page?.form && <PasswordForm form={page.form} onSent={setAnswered} />}
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>Close</Button>
      </DialogFoot>
    </Dialog>
  );
};
