import { type ReactNode, useState } from 'react';
import type { Fault } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../kit/dialog.tsx';
import { Form } from '../../kit/form.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { type Choice, Select } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import type { NamedFault } from './presets.ts';

type Effect = 'error' | 'status' | 'latency' | 'network' | 'cut' | 'expired' | 'revoked';

const EFFECTS: readonly Choice<Effect>[] = [
  { value: 'error', label: 'An error of Parse' },
  { value: 'status', label: 'An HTTP status' },
  { value: 'latency', label: 'A delay' },
  { value: 'network', label: 'The connection breaks' },
  { value: 'cut', label: 'The answer breaks off' },
  { value: 'expired', label: 'The session has expired' },
  { value: 'revoked', label: 'The session is revoked' },
];

/** What the number beside an effect means, and what it is at first. */
const NUMBERS: { readonly [name in Effect]?: readonly [label: string, first: string] } = {
  error: ['Code of the error', '101'],
  status: ['Status', '503'],
  latency: ['Milliseconds', '1000'],
};

const effectOf = (effect: Effect, number: string): Partial<Fault> => {
  if (effect === 'error') return { error: { code: Number(number) } };
  if (effect === 'status') return { status: Number(number) };
  if (effect === 'latency') return { latency: Number(number) };
  if (effect === 'expired' || effect === 'revoked') return { session: effect };
  return effect === 'network' ? { network: true } : { cut: true };
};

type FaultDialogProps = { readonly onClose: () => void; readonly onAdded: (named: NamedFault) => void };

/** Makes a fault of one's own, which strikes at once. */
export const FaultDialog = ({ onClose, onAdded }: FaultDialogProps): ReactNode => {
  const connection = useConnection();
  const [operation, setOperation] = useState('');
  const [user, setUser] = useState('');
  const [effect, setEffect] = useState<Effect>('error');
  const [number, setNumber] = useState('101');
  const [times, setTimes] = useState('');
  const [error, setError] = useState<unknown>();
  const asked = NUMBERS[effect];
  const fault: Fault = {
    ...(operation !== '' && { operation }),
    ...(user !== '' && { user }),
    ...(times !== '' && { times: Number(times) }),
    ...effectOf(effect, number),
  };
  const add = async (): Promise<void> => {
    try {
      await connection.faults.add(fault);
      onAdded({ name: operation === '' ? 'Every call' : operation, text: JSON.stringify(fault), fault });
    } catch (problem) {
      setError(problem);
    }
  };
  const choose = (next: Effect): void => {
    setEffect(next);
    setNumber(NUMBERS[next]?.[1] ?? '');
  };
  return (
    <Dialog title="Add a fault" onClose={onClose}>
      <Form onSubmit={add}>
        <DialogBody>
          {error !== undefined && <ErrorNote error={error} />}
          <TextField
            label="Operation"
            value={operation}
            onChange={setOperation}
            description="A root field such as logIn, an operation name, or a route such as POST /login. Empty: all."
            autoFocus
          />
          <TextField label="User" value={user} onChange={setUser} description="A username. Empty: whoever asks." />
          <div className="pue-row-of-fields">
            <Select label="What happens" choices={EFFECTS} value={effect} onChange={choose} />
            {asked && <TextField label={asked[0]} value={number} onChange={setNumber} inputMode="numeric" />}
          </div>
          <TextField
            label="How many calls"
            value={times}
            onChange={setTimes}
            inputMode="numeric"
            description="Empty: until it is switched off."
          />
        </DialogBody>
        <DialogFoot>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Add
          </Button>
        </DialogFoot>
      </Form>
    </Dialog>
  );
};
