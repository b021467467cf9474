import type { ReactNode } from 'react';
import type { Connection, JsonObject } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { toPath, useGo } from '../../app/route.ts';
import { ObjectForm } from '../../fields/object-form.tsx';
import { Button } from '../../kit/button.tsx';
import { useConfirm } from '../../kit/confirm.tsx';
import { Facts } from '../../kit/facts.tsx';
import { ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { formatMoment } from '../../lib/format.ts';
import { askRest, restPathOf } from '../../lib/rest.ts';
import type { ClassShape } from '../../lib/schemas.ts';
import { useLoad } from '../../lib/use-load.ts';
import { LinksTab } from './links-tab.tsx';
import { RightsTab } from './rights-tab.tsx';

type ObjectDetailProps = { readonly shape: ClassShape; readonly objectId: string; readonly onClose: () => void };

const read = (connection: Connection, className: string, objectId: string): Promise<JsonObject> =>
  askRest(connection, { method: 'GET', path: restPathOf(className, objectId) });

/** One object: its fields, who may do what with it, and what it leads to. */
export const ObjectDetail = ({ shape, objectId, onClose }: ObjectDetailProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const confirm = useConfirm();
  const go = useGo();
  const { className } = shape;
  const load = (): Promise<JsonObject> => read(connection, className, objectId);
  const { value: object, error, reload } = useLoad(`${className} ${objectId}`, load, 'change state');
  const remove = async (): Promise<void> => {
    const text = 'You can undo it until something else is written.';
    if (!(await confirm({ title: `Delete ${objectId.slice(0, 60)}?`, text, action: 'Delete' }))) return;
    const work = (): Promise<unknown> =>
      askRest(connection, { method: 'DELETE', path: restPathOf(className, objectId) });
    const undo = async (): Promise<void> => void (await connection.history.undo());
    if (await tell.attempt(work, 'Deleted.', undo)) onClose();
  };
  return (
    <aside className="pue-detail" aria-label="Object">
      <header className="pue-detail-head">
        <h2 className="pue-detail-title">{objectId}</h2>
        {className === '_User' && <Button onPress={() => go(toPath('users', objectId))}>As a user</Button>}
        <Button look="quiet" icon="trash" aria-label="Delete the object" onPress={remove} />
        <Button look="quiet" icon="close" aria-label="Close the object" onPress={onClose} />
      </header>
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {!object && error === undefined && <Waiting label="Loading the object" />}
      {object && (
        <Tabs
          label="Parts of the object"
          parts={[
            {
              id: 'fields',
              label: 'Fields',
              content: (
                <div className="pue-stack">
                  <ObjectForm key={String(object['updatedAt'])} shape={shape} object={object} onSaved={reload} />
                  <Facts
                    facts={[
                      { name: 'Made', value: formatMoment(String(object['createdAt'])) },
                      { name: 'Changed', value: formatMoment(String(object['updatedAt'])) },
                    ]}
                  />
                </div>
              ),
            },
            { id: 'rights', label: 'Rights', content: <RightsTab shape={shape} object={object} onSaved={reload} /> },
            { id: 'links', label: 'Leads to', content: <LinksTab shape={shape} object={object} /> },
          ]}
        />
      )}
    </aside>
  );
};
