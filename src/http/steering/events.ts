import type { OutboxMail } from '../../options/adapters.ts';
import { freeze } from '../../store/frozen.ts';
import type { Happening } from '../../store/happenings.ts';
import type { Fault } from './faults.ts';
import type { LoggedRequest } from './logged-request.ts';

/** What happens in an emulator, as `watch` and `GET /emulator/events` tell it. */
export type EmulatorEvent = {
  /** The application that it happened in. */
  readonly appId: string;
} & (
  | {
      /** A request was answered. */
      readonly kind: 'request';
      /** The request with its answer, without secrets. */
      readonly request: LoggedRequest;
    }
  | {
      /** A mail came into the outbox. */
      readonly kind: 'mail';
      /** The mail. */
      readonly mail: OutboxMail;
    }
  | {
      /** Objects were written, and are safe: those of one commit. */
      readonly kind: 'change';
      /** Which, and what became of each. */
      readonly changes: readonly Happening[];
    }
  | {
      /** The whole state was replaced: read it anew. */
      readonly kind: 'state';
      /** By what: fixtures that were added, a reset, a snapshot, or an edit of the data where it is kept. */
      readonly by: 'seed' | 'reset' | 'restore' | 'edit';
    }
  | {
      /** Somebody moved, stopped or let go the clock. */
      readonly kind: 'clock';
      /** The time since then: ISO text in UTC. */
      readonly now: string;
      /** Whether it stands still. */
      readonly isStopped: boolean;
    }
  | {
      /** Faults were added or ended. A fault that is used up is told with the next. */
      readonly kind: 'faults';
      /** Those that still strike. */
      readonly faults: readonly Fault[];
    }
);

/** The kinds of events. */
export const EVENT_KINDS: readonly EmulatorEvent['kind'][] = ['request', 'mail', 'change', 'state', 'clock', 'faults'];

/** An event before it is said whose it is. */
export type Told = EmulatorEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'appId'> : never) : never;

/** Hears of events, in their order. What it throws is lost. */
export type Watcher = (event: EmulatorEvent) => void;

/** Tells whoever watches. Costs nothing as long as nobody does. */
export interface Events {
  /** Calls `watcher` with each event from now on; `onEnd` once there will be no more. Returns how to stop. */
  watch(watcher: Watcher, onEnd?: () => void): () => void;
  /** Tells an event, which is made only if somebody watches. */
  tell(make: () => Told): void;
  /** Ends for all who watch. */
  end(): void;
}

/** The events of an application, which are passed on to those of the emulator that it belongs to. */
export type EventsOfApplication = Events & { pass(make: () => EmulatorEvent): void };

/** The events of one application; they are also told to those who watch `above`. */
export const createEvents = (appId: string, above?: EventsOfApplication): EventsOfApplication => {
  const watching = new Map<Watcher, (() => void) | undefined>();
  const pass = (make: () => EmulatorEvent): void => {
    let made: EmulatorEvent | undefined;
    const once = (): EmulatorEvent => (made ??= freeze(make()));
    for (const watcher of [...watching.keys()]) {
      try {
        watcher(once());
      } catch {} // whoever watches must not stand in the way of what happens
    }
    above?.pass(once);
  };
  return {
    watch(given, onEnd) {
      const watcher: Watcher = (event) => given(event); // the same function may watch twice
      watching.set(watcher, onEnd);
      return () => void watching.delete(watcher);
    },
    tell: (make) => pass(() => ({ appId, ...make() })),
    pass,
    end() {
      const ends = [...watching.values()];
      watching.clear();
      for (const end of ends) end?.();
    },
  };
};
