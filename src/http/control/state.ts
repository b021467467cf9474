import { text } from '../../options/shape.ts';
import { type Difference, differencesOf } from '../../store/differences.ts';
import type { Parts } from '../parts.ts';
import { checkBody, checkQuery, type Runs } from './run.ts';

/** What has changed since a state. */
export type StateChanges = {
  /** The objects, the first five hundred of them; the values of secret fields are `***`. */
  readonly differences: readonly Difference[];
  /** How many there are in all. */
  readonly count: number;
};

const MOST_SHOWN = 500;
const HIDDEN = '***';

const checkName = (deed: string) => checkBody(deed, { name: text }, { needed: ['name'] });
const checkKept = checkName('keep a snapshot');
const checkRestored = checkName('restore a snapshot');
const checkForgotten = checkQuery('forget a snapshot', { name: text });
const checkSince = checkQuery('compare states', { since: text });

const nameIn = (body: unknown): string => (body as { readonly name: string }).name; // it was looked at

/** Names of fields whose values are nobody's business. */
const isSecret = (name: string): boolean =>
  name === 'sessionToken' || name === 'authData' || (name.startsWith('_') && /password|token|secret/.test(name));

const withoutSecrets = ({ fields, ...difference }: Difference): Difference => ({
  ...difference,
  fields: fields.map((field) =>
    isSecret(field.name)
      ? { name: field.name, ...('before' in field && { before: HIDDEN }), ...('after' in field && { after: HIDDEN }) }
      : field,
  ),
});

const compare = (since: string | null, { control }: Parts): StateChanges => {
  const before = since === null ? control.baseline() : control.snapshots.find(since);
  const differences = differencesOf(before, control.snapshot());
  return { count: differences.length, differences: differences.slice(0, MOST_SHOWN).map(withoutSecrets) };
};

/** The state as a whole, states with names, and the last writes. */
export const stateRuns = (parts: Parts): Runs => {
  const { control, store } = parts;
  return {
    'POST /reset': () => control.reset(),
    'POST /seed': (body, query) => control.seed(body, { ifEmpty: query.get('ifEmpty') === 'true' }),
    'GET /state': () => control.snapshot(),
    'PUT /state': (body) => control.restore(body),
    'GET /snapshots': () => control.snapshots.list(),
    'POST /snapshots': (body) => {
      checkKept(body);
      return control.snapshots.keep(nameIn(body), control.snapshot());
    },
    'POST /snapshots/restore': async (body) => {
      checkRestored(body);
      await control.restore(control.snapshots.find(nameIn(body)));
    },
    'DELETE /snapshots': (_body, query) => {
      checkForgotten(query);
      control.snapshots.forget(query.get('name') ?? '');
    },
    'GET /differences': (_body, query) => {
      checkSince(query);
      return compare(query.get('since'), parts);
    },
    'GET /history': () => control.history.list(),
    'POST /history/undo': async () => {
      const own = store.forOne();
      const undone = control.history.undo(own);
      await own.settled();
      return undone;
    },
  };
};
