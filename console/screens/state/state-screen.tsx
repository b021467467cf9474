import { type ReactNode, useState } from 'react';
import type { Fixtures, Snapshot } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { useConfirm } from '../../kit/confirm.tsx';
import { Panel, Screen } from '../../kit/screen.tsx';
import { Select } from '../../kit/select.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { useLoad } from '../../lib/use-load.ts';
import { Differences } from './differences.tsx';
import { DropFile } from './drop-file.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { SnapshotsPanel } from './snapshots-panel.tsx';

/** The name under which the state is kept before something takes its place. */
const BEFORE = 'before the last replacement';

const SEED = '\u0000seed';

const download = (snapshot: Snapshot): void => {
  const url = URL.createObjectURL(new Blob([JSON.stringify(snapshot, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'users.json';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

/** The state as a whole: seeded, reset, kept under names, compared, downloaded, loaded, and written things taken back. */
export const StateScreen = (): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const confirm = useConfirm();
  const [since, setSince] = useState(SEED);
  const { value: snapshots = [], reload } = useLoad('snapshots', () => connection.snapshots.list(), 'state');

  const replace = async (work: () => Promise<void>, done: string): Promise<void> => {
    await tell.attempt(
      async () => {
        await connection.snapshots.keep(BEFORE);
        await work();
      },
      done,
      () => connection.snapshots.restore(BEFORE),
    );
    reload();
  };
  const reset = async (): Promise<void> => {
    const text =
      'Objects, mail, requests, faults and the time go back to the seed. The objects can be brought back; the rest cannot.';
    if (await confirm({ title: 'Reset the emulator?', text, action: 'Reset' })) {
      await replace(() => connection.reset(), 'The emulator is back at its seed.');
    }
  };
  const load = async (file: File, isWhole: boolean): Promise<void> => {
    await replace(async () => {
      const found: Fixtures & Snapshot = JSON.parse(await file.text());
      await (isWhole ? connection.restore(found) : connection.seed(found));
    }, `${file.name} is loaded.`);
  };
  const choices = [
    { value: SEED, label: 'the seed' },
    ...snapshots.map(({ name }) => ({ value: name, label: name.slice(0, 60) })),
  ];
  const chosen = choices.some(({ value }) => value === since) ? since : SEED;
  return (
    <Screen
      title="State"
      actions={
        <>
          <Button icon="download" onPress={() => tell.attempt(async () => download(await connection.snapshot()))}>
            Download
          </Button>
          <Button look="danger" onPress={reset}>
            Reset
          </Button>
        </>
      }
    >
      <div className="pue-columns">
        <SnapshotsPanel
          snapshots={snapshots.filter(({ name }) => name !== BEFORE)}
          onChange={reload}
          onRestore={(name) => replace(() => connection.snapshots.restore(name), `“${name}” is in place.`)}
        />
        <DropFile onFile={load} />
        <HistoryPanel />
      </div>
      <Panel
        title="What changed"
        actions={<Select label="Since" isLabelHidden choices={choices} value={chosen} onChange={setSince} />}
      >
        <Differences key={chosen} since={chosen === SEED ? undefined : chosen} />
      </Panel>
    </Screen>
  );
};
