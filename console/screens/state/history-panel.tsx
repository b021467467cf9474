import type { ReactNode } from 'react';
import type { PastWrite } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { Panel } from '../../kit/screen.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { formatTime } from '../../lib/format.ts';
import { useLoad } from '../../lib/use-load.ts';

const DEEDS = { create: 'made', update: 'changed', delete: 'deleted' } as const;

const describe = ({ changes }: PastWrite): string => {
  const [first] = changes;
  if (!first) return 'nothing';
  const more = changes.length > 1 ? ` and ${changes.length - 1} more` : '';
  return `${first.className} ${first.objectId} ${DEEDS[first.deed]}${more}`;
};

/** The last writes, of which the newest can be taken back, then the one before. */
export const HistoryPanel = (): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const { value: writes = [], reload } = useLoad('history', () => connection.history.list(), 'change state');
  const undo = async (): Promise<void> => {
    await tell.attempt(async () => tell.done(`Taken back: ${describe(await connection.history.undo())}.`));
    reload();
  };
  return (
    <Panel
      title="Last writes"
      actions={
        <Button icon="undo" onPress={undo} isDisabled={writes.length === 0}>
          Undo the last
        </Button>
      }
    >
      {writes.length === 0 && (
        <p className="pue-muted">Nothing was written since the start, or since the state was replaced.</p>
      )}
      <ol className="pue-lines pue-lines-short">
        {writes.map((write) => (
          <li key={write.id} className="pue-line">
            <time className="pue-muted">{formatTime(write.at)}</time>
            <span className="pue-line-text pue-text">{describe(write)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
};
