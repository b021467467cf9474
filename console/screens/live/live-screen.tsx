import type { ReactNode } from 'react';
import type { LiveState } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { Badge } from '../../kit/badge.tsx';
import { CodeBlock } from '../../kit/code-block.tsx';
import { Empty, ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Panel, Screen } from '../../kit/screen.tsx';
import { formatNoun } from '../../lib/format.ts';
import { useEverySecond } from '../../lib/use-every-second.ts';
import { useLatest } from '../../lib/use-latest.ts';
import { useLoad } from '../../lib/use-load.ts';

type Subscription = LiveState['subscriptions'][number];

const whoIs = ({ username, userId, hasMasterKey }: Subscription): string =>
  hasMasterKey ? 'with the master key' : (username ?? userId ?? 'nobody who is logged in');

const One = ({ subscription }: { readonly subscription: Subscription }): ReactNode => {
  const { clientId, requestId, query } = subscription;
  const { className, where, ...rest } = query;
  return (
    <li className="pue-card">
      <div className="pue-card-head">
        <strong className="pue-text">{className}</strong>
        <Badge tone="accent">{whoIs(subscription)}</Badge>
      </div>
      <CodeBlock label="the query" text={JSON.stringify({ where, ...rest }, null, 2)} />
      <span className="pue-muted pue-text">
        client {clientId}, subscription {requestId}
      </span>
    </li>
  );
};

const Subscriptions = ({ live }: { readonly live: LiveState }): ReactNode => {
  const { classNames, subscriptions } = live;
  if (classNames.length === 0) {
    return (
      <Empty icon="live" title="No class is live">
        The option liveQuery names the classes that clients may subscribe to:{' '}
        <code>--live-query '{'{"classNames":["Todo"]}'}'</code>.
      </Empty>
    );
  }
  if (subscriptions.length === 0) {
    return (
      <Empty icon="live" title="Nobody listens">
        Subscribe to {classNames.join(', ')} in your application, with <code>query.subscribe()</code>.
      </Empty>
    );
  }
  return (
    <ul className="pue-cards">
      {subscriptions.map((one) => (
        <One key={`${one.clientId} ${one.requestId}`} subscription={one} />
      ))}
    </ul>
  );
};

/** Who is subscribed to what, as it is now. */
export const LiveScreen = (): ReactNode => {
  const connection = useConnection();
  const beat = useEverySecond();
  const { value, error } = useLoad(`live ${beat}`, () => connection.live());
  const live = useLatest(value);
  return (
    <Screen title="Live queries" note={live && formatNoun(live.subscriptions.length, 'subscription')}>
      {error !== undefined && <ErrorNote error={error} />}
      {!live && error === undefined && <Waiting />}
      {live && live.classNames.length > 0 && (
        <Panel title="Live classes">
          <ul className="pue-badges">
            {live.classNames.map((name) => (
              <li key={name} className="pue-badge">
                {name}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {live && <Subscriptions live={live} />}
    </Screen>
  );
};
