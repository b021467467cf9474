import type { JsonObject } from '../../parse/record.ts';

/** Which parts of the found objects are wanted: field names, dotted to reach into included objects. */
export type Selection = {
  /** The fields to show; all, if not given. */
  readonly keys?: readonly string[];
  /** The fields to leave out. */
  readonly excludeKeys?: readonly string[];
  /** Pointers to follow, dotted to go further; `*` stands for all of the first level and makes the others void. */
  readonly include?: readonly string[];
  /** Whether to follow all pointers of the first level beside those that `include` names. */
  readonly includeAll?: boolean;
  /** Which members of a replicated database read: triggers are told, and nothing follows from it here. */
  readonly readPreference?: string;
  /** The same for what is included. */
  readonly includeReadPreference?: string;
  /** The same for the queries inside of constraints. */
  readonly subqueryReadPreference?: string;
};

/** A question to a class. */
export type Query = Selection & {
  /** Constraints in REST syntax. */
  readonly where?: JsonObject;
  /** Field names, `-` before one for descending. */
  readonly order?: readonly string[];
  /** The most objects to answer with; all when not given. */
  readonly limit?: number;
  /** How many objects to pass over first. */
  readonly skip?: number;
  /** Whether the objects are those behind pointers: the class is asked for `get` then, however many they are. */
  readonly isGet?: boolean;
  /** Whether to count all that match, too. */
  readonly count?: boolean;
  /** A field of the class: where that is a relation, the question is for the class that it leads to. */
  readonly redirectClassNameForKey?: string;
  /** Whether a database's plan is asked for, which is for the master key, and here the same as the answer. */
  readonly explain?: boolean;
};

/** What was found, and in which class: another one than was asked where a question is redirected. */
export type Findings = { readonly className: string; readonly results: readonly JsonObject[] };

/** Asks another class on the caller's behalf; `isGet` says that one object is asked for by its id. */
export type FindObjects = (className: string, query: Query, isGet?: boolean) => Promise<Findings>;
