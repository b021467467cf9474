import { type ReactNode, useState } from 'react';
import type { ClockFace, Duration, NextExpiry } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { useClock } from '../../app/use-clock.ts';
import { Button } from '../../kit/button.tsx';
import { Note } from '../../kit/notes.tsx';
import { Panel, Screen } from '../../kit/screen.tsx';
import { Switch } from '../../kit/switch.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { formatDistance, formatMoment } from '../../lib/format.ts';
import { useLoad } from '../../lib/use-load.ts';

const STEPS: readonly (readonly [label: string, by: Duration])[] = [
  ['1 minute', { minutes: 1 }],
  ['1 hour', { hours: 1 }],
  ['1 day', { days: 1 }],
  ['30 days', { days: 30 }],
  ['1 year', { days: 365 }],
];

const LENGTHS = { milliseconds: 1, seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

const lengthOf = (by: Duration): number =>
  Object.entries(LENGTHS).reduce((sum, [unit, length]) => sum + (by[unit as keyof Duration] ?? 0) * length, 0);

const WORDS: { readonly [kind in NextExpiry['kind']]: string } = {
  session: 'A session',
  verifyEmail: 'The link that verifies the address',
  resetPassword: 'The link for a new password',
  lock: 'The lock of the account',
  password: 'The password',
};

const Next = ({ now, onMove }: { now: number; onMove: (to: number) => void }): ReactNode => {
  const connection = useConnection();
  const { value: next } = useLoad(
    'next',
    async () => (await connection.nextExpiry()) ?? null,
    'change state clock mail',
  );
  if (next === undefined) return null;
  if (next === null) return <Note>Nothing will expire: no session, link, lock or password has an end.</Note>;
  return (
    <div className="pue-stack">
      <p className="pue-text">
        {WORDS[next.kind]} of <strong>{next.username ?? next.userId}</strong> ends {formatDistance(next.at, now)}, at{' '}
        {formatMoment(next.at)}.
      </p>
      <div className="pue-actions">
        <Button look="primary" onPress={() => onMove(next.at + 1000)}>
          Go to just after it
        </Button>
        <Button onPress={() => onMove(next.at - 60_000)}>Go to a minute before</Button>
      </div>
    </div>
  );
};

/** The emulator's time: seen, moved, stopped. */
export const ClockScreen = (): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const { now, isStopped } = useClock();
  const [moment, setMoment] = useState('');
  if (now === undefined) return <Screen title="Clock">{null}</Screen>;

  const move = (work: () => Promise<ClockFace>): void => {
    const before = now;
    const started = Date.now();
    const undo = async (): Promise<void> =>
      void (await connection.clock.set(before + (isStopped ? 0 : Date.now() - started)));
    void tell.attempt(async () => {
      const face = await work();
      tell.done(`It is ${formatMoment(face.now)}.`, undo);
    });
  };
  const shift = (by: Duration, sign: 1 | -1): void =>
    move(() => (sign > 0 ? connection.clock.advance(by) : connection.clock.set(now - lengthOf(by))));
  const steps = (sign: 1 | -1): ReactNode => (
    <div className="pue-actions">
      {STEPS.map(([label, by]) => (
        <Button key={label} onPress={() => shift(by, sign)} aria-label={`${sign > 0 ? 'Forward' : 'Back'} ${label}`}>
          {sign > 0 ? '+' : '−'} {label}
        </Button>
      ))}
    </div>
  );
  return (
    <Screen title="Clock" note="in UTC">
      <div className="pue-columns">
        <Panel title="Now">
          <time className="pue-clock-face" dateTime={new Date(now).toISOString()}>
            {formatMoment(now)}
          </time>
          <Switch
            isOn={isStopped}
            onChange={(isOn) => tell.attempt(() => (isOn ? connection.clock.stop() : connection.clock.go()))}
          >
            Stand still
          </Switch>
        </Panel>
        <Panel title="What expires next">
          <Next now={now} onMove={(to) => move(() => connection.clock.set(to))} />
        </Panel>
        <Panel title="Forward">{steps(1)}</Panel>
        <Panel title="Back">{steps(-1)}</Panel>
        <Panel title="To a moment">
          <div className="pue-form">
            <TextField
              label="Moment"
              value={moment}
              onChange={setMoment}
              placeholder="2027-01-31T12:00:00Z"
              description="ISO text that names its zone, or a day alone."
            />
            <div className="pue-actions">
              <Button isDisabled={moment === ''} onPress={() => move(() => connection.clock.set(moment))}>
                Set
              </Button>
            </div>
          </div>
        </Panel>
      </div>
      <p className="pue-muted">A reset brings the time back to that of this machine.</p>
    </Screen>
  );
};
