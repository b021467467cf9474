import { type ReactNode, useState } from 'react';
import { useConnection } from '../../app/host.ts';
import { ObjectForm } from '../../fields/object-form.tsx';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Facts } from '../../kit/facts.tsx';
import { ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { formatMoment } from '../../lib/format.ts';
import { findClass, useClasses } from '../../lib/schemas.ts';
import { useLoad } from '../../lib/use-load.ts';
import { AccessTab } from './access-tab.tsx';
import { LogInAsDialog } from './log-in-as-dialog.tsx';
import { readUser, type UserState } from './read-user.ts';
import { SessionsTab } from './sessions-tab.tsx';
import { UserActions } from './user-actions.tsx';

type UserDetailProps = { readonly objectId: string; readonly onClose: () => void };

const Standing = ({ state }: { readonly state: UserState }): ReactNode => {
  const { user, lockedUntil, providers } = state;
  const hasAddress = typeof user['email'] === 'string';
  return (
    <div className="pue-badges pue-detail-notes">
      {hasAddress && user['emailVerified'] === true && <Badge tone="good">verified</Badge>}
      {hasAddress && user['emailVerified'] !== true && <Badge tone="warn">not verified</Badge>}
      {lockedUntil !== undefined && <Badge tone="bad">locked until {formatMoment(lockedUntil)}</Badge>}
      {providers.map((name) => (
        <Badge key={name}>{name}</Badge>
      ))}
    </div>
  );
};

const Fields = ({ state, onSaved }: { readonly state: UserState; readonly onSaved: () => void }): ReactNode => {
  const { value: classes, error } = useClasses();
  const shape = findClass(classes, '_User');
  const { user } = state;
  if (!shape) return error === undefined ? <Waiting /> : <ErrorNote error={error} />;
  return (
    <div className="pue-stack">
      <ObjectForm key={String(user['updatedAt'])} shape={shape} object={user} onSaved={onSaved} />
      <Facts
        facts={[
          { name: 'objectId', value: <code>{String(user['objectId'])}</code> },
          { name: 'Made', value: formatMoment(String(user['createdAt'])) },
          { name: 'Changed', value: formatMoment(String(user['updatedAt'])) },
        ]}
      />
    </div>
  );
};

/** One user: its fields, and what can be done with it. */
export const UserDetail = ({ objectId, onClose }: UserDetailProps): ReactNode => {
  const connection = useConnection();
  const { value: state, error, reload } = useLoad(objectId, () => readUser(connection, objectId), 'change state');
  const [isLoggingIn, setLoggingIn] = useState(false);
  const name = state ? String(state.user['username'] ?? '(no name)') : 'User';
  return (
    <aside className="pue-detail" aria-label={`User ${name.slice(0, 80)}`}>
      <header className="pue-detail-head">
        <h2 className="pue-detail-title">{name}</h2>
        {typeof state?.user['username'] === 'string' && (
          <Button icon="key" onPress={() => setLoggingIn(true)}>
            Log in as
          </Button>
        )}
        {state && <UserActions state={state} onDone={reload} onDeleted={onClose} />}
        <Button look="quiet" icon="close" aria-label="Close the user" onPress={onClose} />
      </header>
      {isLoggingIn && <LogInAsDialog username={name} onClose={() => setLoggingIn(false)} />}
      {error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {!state && error === undefined && <Waiting label="Loading the user" />}
      {state && (
        <>
          <Standing state={state} />
          <Tabs
            label="Parts of the user"
            parts={[
              { id: 'fields', label: 'Fields', content: <Fields state={state} onSaved={reload} /> },
              { id: 'sessions', label: 'Sessions', content: <SessionsTab userId={objectId} /> },
              { id: 'access', label: 'Access', content: <AccessTab state={state} /> },
            ]}
          />
        </>
      )}
    </aside>
  );
};
