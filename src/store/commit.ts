import type { ParseRecord } from '../parse/record.ts';
import type { Change } from './persistence.ts';
import type { Table } from './table.ts';

/** How one write is taken back. */
export type Undo = { readonly className: string; readonly objectId: string; readonly before: ParseRecord | undefined };

/** What one transaction wrote, and how to take it back from which state. */
export type Commit = { readonly changes: readonly Change[]; undo: readonly Undo[]; state: State };

/** The identity of a state: what was written to one that was replaced since must not be undone in the next. */
export type State = Map<string, Table>;
