import { UserError } from '../../parse/user-error.ts';
import type { Snapshot } from '../../store/persistence.ts';

/** A state that somebody gave a name to. */
export type NamedSnapshot = {
  /** Its name. */
  readonly name: string;
  /** When it was taken: ISO text in UTC, by the emulator's clock. */
  readonly at: string;
  /** How many objects there are in it. */
  readonly objects: number;
};

/** States with names. They live as long as the emulator, and outlive a reset. */
export interface Snapshots {
  /** Keeps a state under a name, in place of one that has it already. */
  keep(name: string, snapshot: Snapshot): NamedSnapshot;
  /** Those that are kept, the oldest first. */
  list(): readonly NamedSnapshot[];
  /** The state of a name. Throws for a name that none has. */
  find(name: string): Snapshot;
  /** Forgets the state of a name. Throws for a name that none has. */
  forget(name: string): void;
}

type Kept = { readonly about: NamedSnapshot; readonly snapshot: Snapshot };

const countOf = (snapshot: Snapshot): number =>
  Object.entries(snapshot).reduce((sum, [name, rows]) => (name === 'schemas' ? sum : sum + rows.length), 0);

/** Keeps states by their names. They share their records with the present one. */
export const createSnapshots = ({ now }: { now(): number }): Snapshots => {
  const kept = new Map<string, Kept>();
  const look = (name: string): Kept => {
    const found = kept.get(name);
    if (found) return found;
    throw new UserError(`Failed to find a snapshot: none is called ${JSON.stringify(name)}`);
  };
  return {
    keep(name, snapshot) {
      const about = { name, at: new Date(now()).toISOString(), objects: countOf(snapshot) };
      kept.delete(name);
      kept.set(name, { about, snapshot });
      return about;
    },
    list: () => [...kept.values()].map(({ about }) => about),
    find: (name) => look(name).snapshot,
    forget(name) {
      look(name);
      kept.delete(name);
    },
  };
};
