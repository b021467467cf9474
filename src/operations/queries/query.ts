import type { JsonObject } from '../../parse/record.ts';

/** Which parts of the found objects are wanted: field names, dotted to reach into included objects. */
export type Selection = {
  readonly keys?: readonly string[];
  readonly excludeKeys?: readonly string[];
  /** Pointers to follow, dotted to go further; `*` follows all of the first level. */
  readonly include?: readonly string[];
};

/** A question to a class. */
export type Query = Selection & {
  /** Constraints in REST syntax. */
  readonly where?: JsonObject;
  /** Field names, `-` before one for descending. */
  readonly order?: readonly string[];
  /** The most objects to answer with; all when not given. */
  readonly limit?: number;
  readonly skip?: number;
  /** Whether to count all that match, too. */
  readonly count?: boolean;
};

/** Asks another class on the caller's behalf. */
export type Find = (className: string, query: Query) => readonly JsonObject[];
