import type { Characters } from './characters.ts';

/** How often a part tries to repeat: as often as it can, as seldom, or as often as it can without ever giving back. */
export type Greed = 'greedy' | 'lazy' | 'possessive';

/** A part of a pattern. */
export type Node =
  /** One code point; `code` where there is but one that fits. */
  | { readonly type: 'character'; readonly accepts: Characters; readonly code?: number | undefined }
  | { readonly type: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly type: 'choice'; readonly nodes: readonly Node[] }
  | { readonly type: 'repeat'; readonly node: Node; readonly min: number; readonly max: number; readonly greed: Greed }
  | { readonly type: 'group'; readonly node: Node; readonly index: number }
  | { readonly type: 'atomic'; readonly node: Node }
  | { readonly type: 'look'; readonly node: Node; readonly isAhead: boolean; readonly isNegative: boolean }
  /** What must hold at a place without taking any text. */
  | { readonly type: 'assertion'; readonly holds: Assertion }
  /** The text of an earlier group, by its number or name. */
  | { readonly type: 'back'; readonly group: number | string; readonly ignoresCase: boolean };

/** Whether something holds at a place of a text. */
export type Assertion = (text: string, at: number) => boolean;

/** A part that fits the empty text. */
export const NOTHING: Node = { type: 'sequence', nodes: [] };

/** What `(?imsx)` and the options switch on. */
export type Flags = {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
};

/** Where in the pattern the reader is, and the groups that it has met. */
export type PatternCursor = {
  readonly source: string;
  at: number;
  depth: number;
  groups: number;
  readonly names: Map<string, number>;
};
