import type { Events } from '../http/steering/events.ts';
import type { ActiveFaults } from '../http/steering/faults.ts';
import { createHistory, type History } from '../http/steering/history.ts';
import type { MovableClock } from '../operations/clock.ts';
import type { Log } from '../operations/context.ts';
import type { State } from '../operations/fixtures/state.ts';
import { createOutbox, type OutboxWriter } from '../operations/outbox.ts';
import type { OutboxMail } from '../options/adapters.ts';
import { toHappenings } from '../store/happenings.ts';
import type { Store } from '../store/store.ts';

/** The faults of an emulator, which tell of each change of theirs. */
export const tellFaults = (faults: ActiveFaults, { tell }: Events): ActiveFaults => {
  const told = (): void => tell(() => ({ kind: 'faults', faults: faults.list() }));
  return {
    ...faults,
    add(given) {
      faults.add(given);
      told();
    },
    end(id) {
      faults.end(id);
      told();
    },
    clear() {
      const isChange = !faults.isEmpty();
      faults.clear();
      if (isChange) told();
    },
  };
};

/** Operations of documents are called as types are; a name in lower case that is nearly a root field's may be a slip. */
const isFieldName = (operation: string): boolean => /^[a-z]\w*$/.test(operation);

/** The faults of an emulator, which warn of one that names what is nearly a root field: it strikes nothing but an operation of this name. */
export const warnOfFaults = (
  faults: ActiveFaults,
  meant: (name: string) => string | undefined,
  log: Log,
): ActiveFaults => ({
  ...faults,
  add(given) {
    faults.add(given);
    for (const { operation = '' } of Array.isArray(given) ? given : [given]) {
      const nearest = isFieldName(operation) ? meant(operation) : undefined;
      if (nearest) log('warn', `A fault names "${operation}", which is not a root field. Did you mean "${nearest}"?`);
    }
  },
});

/** The clock of an emulator, which tells when somebody moves or stops it. */
export const tellClock = (clock: MovableClock, { tell }: Events): MovableClock => {
  const told = (): void =>
    tell(() => ({ kind: 'clock', now: new Date(clock.now()).toISOString(), isStopped: clock.isStopped() }));
  const telling =
    <Given extends readonly unknown[]>(move: (...given: Given) => void) =>
    (...given: Given): void => {
      move(...given);
      told();
    };
  return {
    ...clock,
    advance: telling(clock.advance),
    set: telling(clock.set),
    stop: telling(clock.stop),
    go: telling(clock.go),
  };
};

type Deeds = Pick<State, 'seed' | 'reset' | 'restore'>;

/** Has a store tell of its commits. Returns the last of them. */
export const tellCommits = (store: Store, clock: MovableClock, { tell }: Events): History => {
  const history = createHistory(clock);
  store.onCommit((commit) => {
    history.note(commit);
    tell(() => ({ kind: 'change', changes: toHappenings(commit.changes, commit.undo) }));
  });
  return history;
};

/** The state of an emulator, which tells when all of it was replaced: what was written before cannot be taken back any more. */
export const tellState = <Some extends Deeds>(state: Some, { tell }: Events, history: History): Some => {
  const told = (by: 'seed' | 'reset' | 'restore') => (): void => {
    history.clear();
    tell(() => ({ kind: 'state', by }));
  };
  return {
    ...state,
    seed: (...given) => state.seed(...given).then(told('seed')),
    reset: () => state.reset().then(told('reset')),
    restore: (snapshot) => state.restore(snapshot).then(told('restore')),
  };
};

/** The outbox, which tells of each mail. */
export const createTellingOutbox = ({ tell }: Events): OutboxWriter => {
  const filled = createOutbox();
  const add = (mail: OutboxMail): void => {
    filled.add(mail);
    tell(() => ({ kind: 'mail', mail }));
  };
  return { ...filled, add };
};
