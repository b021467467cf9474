import type { Characters } from './characters.ts';
import type { Assertion } from './nodes.ts';

/**
 * What an instruction does. SPLIT tries `x` first and `y` if that fails. LOOK and ATOMIC run the instructions behind them, up to
 * the MATCH that is theirs, on their own. SAVE keeps the place in slot `y`; AGAIN goes back to `x` unless the place is still
 * that in slot `y`. BACK takes the text between the places in slots `y` and `y + 1`. All but SPLIT and AGAIN go on at `x`.
 */
export const OP = {
  CHARACTER: 0,
  SPLIT: 1,
  JUMP: 2,
  ASSERT: 3,
  MATCH: 4,
  AGAIN: 5,
  LOOK: 6,
  ATOMIC: 7,
  SAVE: 8,
  BACK: 9,
  BACK_IN_ANY_CASE: 10,
} as const;

/** All instructions have one shape, which keeps the matcher fast. */
export type Instruction = {
  readonly op: (typeof OP)[keyof typeof OP];
  x: number;
  y: number;
  readonly accepts: Characters;
  readonly holds: Assertion;
};

/** What LOOK's `y` adds up. */
export const LOOK_BEHIND = 1;
/** A look-around that must fail. */
export const LOOK_NEGATIVE = 2;

/** A pattern made ready to be matched. */
export type Program = {
  readonly instructions: readonly Instruction[];
  /** How many places are kept: two for each group, one for each loop. None when nothing refers back. */
  readonly slots: number;
};
