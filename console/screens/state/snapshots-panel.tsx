import { type ReactNode, useState } from 'react';
import type { NamedSnapshot } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { useConfirm } from '../../kit/confirm.tsx';
import { Form } from '../../kit/form.tsx';
import { Panel } from '../../kit/screen.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { formatMoment, formatNoun } from '../../lib/format.ts';

type SnapshotsPanelProps = {
  readonly snapshots: readonly NamedSnapshot[];
  readonly onChange: () => void;
  readonly onRestore: (name: string) => void;
};

/** States with names: kept, put in place, forgotten. */
export const SnapshotsPanel = ({ snapshots, onChange, onRestore }: SnapshotsPanelProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const confirm = useConfirm();
  const [name, setName] = useState('');
  const keep = async (): Promise<void> => {
    if (await tell.attempt(() => connection.snapshots.keep(name), `“${name}” is kept.`)) setName('');
    onChange();
  };
  const forget = async (old: string): Promise<void> => {
    const text = 'The state that it keeps cannot be brought back.';
    if (!(await confirm({ title: `Forget “${old}”?`, text, action: 'Forget' }))) return;
    await tell.attempt(() => connection.snapshots.forget(old));
    onChange();
  };
  return (
    <Panel title="Snapshots">
      <Form isInline onSubmit={keep}>
        <TextField label="Name" value={name} onChange={setName} placeholder="before the migration" />
        <Button type="submit" isDisabled={name === ''}>
          Keep
        </Button>
      </Form>
      {snapshots.length === 0 && (
        <p className="pue-muted">None yet. Keep the present state under a name, and come back to it.</p>
      )}
      <ul className="pue-lines">
        {snapshots.map((one) => (
          <li key={one.name} className="pue-line">
            <div className="pue-line-text">
              <strong className="pue-text">{one.name}</strong>
              <span className="pue-muted">
                {formatMoment(one.at)}, {formatNoun(one.objects, 'object')}
              </span>
            </div>
            <Button onPress={() => onRestore(one.name)} aria-label={`Restore ${one.name}`}>
              Restore
            </Button>
            <Button look="quiet" icon="trash" aria-label={`Forget ${one.name}`} onPress={() => forget(one.name)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
};
