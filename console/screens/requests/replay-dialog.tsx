import { type ReactNode, useState } from 'react';
import type { LoggedRequest } from '../../../src/client/index.ts';
import { useConnection, useHost } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { Combo } from '../../kit/combo.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../kit/dialog.tsx';
import { Note } from '../../kit/notes.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { useLoad } from '../../lib/use-load.ts';
import { replay } from './replay.ts';

const NOBODY = '\u0000nobody';

type ReplayDialogProps = { readonly request: LoggedRequest; readonly onClose: () => void };

/** Asks a request once more, as somebody else. */
export const ReplayDialog = ({ request, onClose }: ReplayDialogProps): ReactNode => {
  const connection = useConnection();
  const host = useHost();
  const tell = useTell();
  const [who, setWho] = useState(NOBODY);
  const { value } = useLoad('users', () => connection.objects({ order: 'username', limit: 500 }));
  const names = (value?.results ?? []).flatMap(({ username }) => (typeof username === 'string' ? [username] : []));
  const choices = [{ value: NOBODY, label: 'nobody' }, ...names.map((name) => ({ value: name, label: name }))];
  const run = async (): Promise<void> => {
    const username = who === NOBODY ? undefined : who;
    const isDone = await tell.attempt(async () => {
      const status = await replay(host, connection, request.id, username);
      tell.done(`Asked as ${username ?? 'nobody'}: answered ${status}.`);
    });
    if (isDone) onClose();
  };
  return (
    <Dialog title="Replay" onClose={onClose}>
      <DialogBody>
        <p className="pue-text">
          {request.operation.slice(0, 200)} is asked once more, and shows as a request of its own.
        </p>
        {value && <Combo label="As whom" choices={choices} value={who} onChange={setWho} />}
        <Note>It opens a session for the user. A request that writes writes again.</Note>
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" icon="replay" onPress={run}>
          Replay
        </Button>
      </DialogFoot>
    </Dialog>
  );
};
