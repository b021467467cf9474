import type { ReactNode } from 'react';
import type { Connection, JsonObject } from '../../../src/client/index.ts';
import { fromDate } from '../../../src/parse/record.ts';
import { useConnection } from '../../app/host.ts';
import { showValue } from '../../fields/show-value.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Empty, ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Secret } from '../../kit/secret.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { formatDistance, formatMoment } from '../../lib/format.ts';
import { askRest, restPathOf, resultsOf } from '../../lib/rest.ts';
import { useLoad } from '../../lib/use-load.ts';

type Sessions = { readonly sessions: readonly JsonObject[]; readonly now: number };

const readSessions = async (connection: Connection, userId: string): Promise<Sessions> => {
  const user = { __type: 'Pointer', className: '_User', objectId: userId };
  const query = { where: JSON.stringify({ user }), order: '-createdAt', limit: '1000' };
  const [answer, now] = await Promise.all([
    askRest(connection, { method: 'GET', path: restPathOf('_Session'), query }),
    connection.clock.now(),
  ]);
  return { sessions: resultsOf(answer), now };
};

type SessionProps = { readonly session: JsonObject; readonly now: number; readonly onDone: () => void };

const Session = ({ session, now, onDone }: SessionProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const objectId = String(session['objectId']);
  const path = restPathOf('_Session', objectId);
  const end = fromDate(session['expiresAt']);
  const isOver = end !== undefined && end <= now;
  const undo = async (): Promise<void> => void (await connection.history.undo());
  const reveal = async (): Promise<string> => String((await connection.record('_Session', objectId))['sessionToken']);
  const expire = async (): Promise<void> => {
    const expiresAt = { __type: 'Date', iso: new Date(now - 1000).toISOString() };
    const work = (): Promise<unknown> => askRest(connection, { method: 'PUT', path, body: { expiresAt } });
    if (await tell.attempt(work, 'The session has expired.', undo)) onDone();
  };
  const revoke = async (): Promise<void> => {
    if (await tell.attempt(() => askRest(connection, { method: 'DELETE', path }), 'The session is revoked.', undo))
      onDone();
  };
  return (
    <li className="pue-card">
      <div className="pue-card-head">
        <span>{formatMoment(String(session['createdAt']))}</span>
        {isOver ? (
          <Badge tone="bad">expired</Badge>
        ) : (
          end !== undefined && <Badge>ends {formatDistance(end, now)}</Badge>
        )}
      </div>
      <div className="pue-muted pue-text">
        {showValue(session['createdWith'])}{' '}
        {session['installationId'] ? `at ${showValue(session['installationId'])}` : ''}
      </div>
      <Secret name="session token" reveal={reveal} />
      <div className="pue-actions">
        <Button onPress={expire} isDisabled={isOver}>
          Let it expire
        </Button>
        <Button look="danger" onPress={revoke}>
          Revoke
        </Button>
      </div>
    </li>
  );
};

/** The sessions of a user: seen, expired, revoked one by one or all. */
export const SessionsTab = ({ userId }: { readonly userId: string }): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const load = (): Promise<Sessions> => readSessions(connection, userId);
  const { value, error, reload } = useLoad(`sessions ${userId}`, load, 'change state clock');
  if (error !== undefined) return <ErrorNote error={error} onRetry={reload} />;
  if (!value) return <Waiting label="Loading sessions" />;
  const { sessions, now } = value;
  if (sessions.length === 0) {
    return (
      <Empty icon="key" title="No session is open">
        One opens when the user logs in, or by “Log in as” above.
      </Empty>
    );
  }
  const requests = sessions.map(({ objectId }) => ({ method: 'DELETE', path: `/parse/sessions/${String(objectId)}` }));
  const revokeAll = async (): Promise<void> => {
    const kept = `before all sessions were revoked`;
    const work = async (): Promise<void> => {
      await connection.snapshots.keep(kept);
      await askRest(connection, { method: 'POST', path: '/batch', body: { requests } });
    };
    await tell.attempt(work, 'All sessions are revoked.', () => connection.snapshots.restore(kept));
    reload();
  };
  return (
    <div className="pue-stack">
      <div className="pue-actions">
        <Button look="danger" onPress={revokeAll}>
          Revoke all
        </Button>
      </div>
      <ul className="pue-cards">
        {sessions.map((session) => (
          <Session key={String(session['objectId'])} session={session} now={now} onDone={reload} />
        ))}
      </ul>
    </div>
  );
};
