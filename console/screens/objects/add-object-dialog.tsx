import { type ReactNode, useState } from 'react';
import { isObject } from '../../../src/parse/record.ts';
import { useConnection } from '../../app/host.ts';
import { mistakeIn } from '../../fields/drafts.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../kit/dialog.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { messageOf } from '../../lib/messages.ts';
import { askRest, restPathOf } from '../../lib/rest.ts';
import type { ClassShape } from '../../lib/schemas.ts';

type AddObjectDialogProps = {
  readonly shape: ClassShape;
  readonly onClose: () => void;
  readonly onAdded: (objectId: string) => void;
};

const JSON_FIELDS = { type: 'Object' };

/** Makes an object from its fields as JSON. */
export const AddObjectDialog = ({ shape, onClose, onAdded }: AddObjectDialogProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const [draft, setDraft] = useState('{}');
  const [refusal, setRefusal] = useState<string>();
  const mistake = mistakeIn(JSON_FIELDS, draft);
  const add = async (): Promise<void> => {
    try {
      const fields: unknown = JSON.parse(draft);
      const body = isObject(fields) ? fields : {};
      const { objectId } = await askRest(connection, { method: 'POST', path: restPathOf(shape.className), body });
      tell.done('Added.', async () => void (await connection.history.undo()));
      onAdded(String(objectId));
    } catch (problem) {
      setRefusal(messageOf(problem));
    }
  };
  const names = Object.keys(shape.fields).filter(
    (name) => !['objectId', 'createdAt', 'updatedAt', 'ACL'].includes(name),
  );
  return (
    <Dialog title={`Add an object of ${shape.className}`} onClose={onClose}>
      <DialogBody>
        <TextField
          label="Fields, as JSON"
          value={draft}
          onChange={setDraft}
          lines={8}
          isCode
          error={mistake ?? refusal}
          description={names.length > 0 ? `The class has ${names.slice(0, 20).join(', ')}.` : undefined}
          autoFocus
        />
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" onPress={add} isDisabled={mistake !== undefined || draft === ''}>
          Add
        </Button>
      </DialogFoot>
    </Dialog>
  );
};
