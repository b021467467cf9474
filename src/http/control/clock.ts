import type { Duration } from '../../operations/clock.ts';
import { isObject } from '../../parse/record.ts';
import type { Control } from '../parts.ts';
import type { Runs } from './run.ts';

type Clock = Control['clock'];

const show = (clock: Clock): { readonly now: string; readonly isStopped: boolean } => ({
  now: new Date(clock.now()).toISOString(),
  isStopped: clock.isStopped(),
});

// All is looked at before anything is done.
const move = (body: unknown, clock: Clock): void => {
  const { to, stop, ...by } = isObject(body) ? body : {};
  if (stop !== undefined && typeof stop !== 'boolean') {
    throw new RangeError(`Failed to set the clock: stop must be true or false, not ${JSON.stringify(stop)}.`);
  }
  if (to !== undefined && Object.keys(by).length > 0) {
    throw new RangeError('Failed to set the clock: "to" and a duration exclude each other.');
  }
  if (to !== undefined) clock.set(typeof to === 'string' || typeof to === 'number' ? to : JSON.stringify(to));
  else clock.advance(by as Duration);
  if (stop === true) clock.stop();
  if (stop === false) clock.go();
};

/** The time: `{ "hours": 2 }` moves it on, `{ "to": "2027-01-31T12:00:00Z" }` puts it, `{ "stop": true }` lets it stand still. */
export const clockRuns = ({ clock }: Control): Runs => ({
  'GET /clock': () => show(clock),
  'POST /clock': (body) => {
    move(body, clock);
    return show(clock);
  },
});
