import { type ReactNode, useState } from 'react';
import type { Fault, FaultRecord } from '../../../src/client/index.ts';
import { isDeepEqual } from '../../../src/parse/equality.ts';
import type { Json } from '../../../src/parse/record.ts';
import { useConnection } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { Panel, Screen } from '../../kit/screen.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { useLoad } from '../../lib/use-load.ts';
import { FaultDialog } from './fault-dialog.tsx';
import { FaultRow } from './fault-row.tsx';
import { type NamedFault, PRESETS, recallOwn, rememberOwn } from './presets.ts';

const toJson = (fault: Fault): Json => JSON.parse(JSON.stringify(fault));

const isSame = (one: Fault, other: Fault): boolean => isDeepEqual(toJson(one), toJson(other));

const describe = (fault: Fault): NamedFault => ({
  name: fault.operation ?? 'Every call',
  text: JSON.stringify(fault),
  fault,
});

/** Misbehaviour on request: presets, own ones, and those that a test has added. */
export const FaultsScreen = (): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const [own, setOwn] = useState(recallOwn);
  const [isAdding, setAdding] = useState(false);
  const {
    value: records = [],
    error,
    reload,
  } = useLoad('faults', () => connection.faults.records(), 'faults state request');

  const keep = (list: readonly NamedFault[]): void => {
    setOwn(list);
    rememberOwn(list);
  };
  const recordOf = ({ fault }: NamedFault): FaultRecord | undefined =>
    records.findLast((record) => isSame(record.fault, fault));
  const turn = async (named: NamedFault, isOn: boolean): Promise<void> => {
    const record = recordOf(named);
    await tell.attempt(async () => {
      if (record) await connection.faults.end(record.id);
      if (isOn) await connection.faults.add(named.fault);
    });
    reload();
  };
  const known = [...PRESETS, ...own];
  const others = records.filter(({ fault }) => !known.some((one) => isSame(one.fault, fault)));
  const rows = (list: readonly NamedFault[], onForget?: (one: NamedFault) => void): ReactNode => (
    <ul className="pue-lines">
      {list.map((one) => (
        <FaultRow
          key={one.text + one.name}
          named={one}
          record={recordOf(one)}
          onTurn={(isOn) => turn(one, isOn)}
          onForget={onForget && (() => onForget(one))}
        />
      ))}
    </ul>
  );
  return (
    <Screen
      title="Faults"
      actions={
        <>
          <Button
            onPress={() => tell.attempt(() => connection.faults.clear(), 'All faults are off.').then(reload)}
            isDisabled={records.length === 0}
          >
            All off
          </Button>
          <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
            Add
          </Button>
        </>
      }
    >
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      <Panel title="Presets">{rows(PRESETS)}</Panel>
      <Panel title="Your own">
        {own.length === 0 ? (
          <p className="pue-muted">None yet. Add one for a single operation, a single user, or a number of calls.</p>
        ) : (
          rows(own, (one) => keep(own.filter((other) => other !== one)))
        )}
      </Panel>
      {others.length > 0 && (
        <Panel title="Added by a program">{rows(others.map(({ fault }) => describe(fault)))}</Panel>
      )}
      {isAdding && (
        <FaultDialog
          onClose={() => setAdding(false)}
          onAdded={(named) => {
            setAdding(false);
            keep([...own, named]);
            reload();
          }}
        />
      )}
    </Screen>
  );
};
