import { refusedByDatabase } from '../where-errors.ts';
import { type Instruction, LOOK_BEHIND, LOOK_NEGATIVE, OP, type Program } from './instructions.ts';

/** How many steps matching may still take. It is shared by all texts that one query looks at. */
export type Budget = { steps: number };

type Matching = {
  readonly program: Program;
  readonly text: string;
  readonly budget: Budget;
  /** Where groups and loops began and ended; -1 where they did not. */
  readonly places: number[];
};

/** Which splits were tried at which place. To come back to one cannot help, unless a group was kept in between. */
type Tried = Uint32Array | undefined;

const spend = (budget: Budget, steps: number): void => {
  budget.steps -= steps;
  if (budget.steps < 0) throw refusedByDatabase();
};

const createTried = ({ program, text, budget }: Matching): Tried => {
  if (program.slots > 0) return undefined;
  const words = Math.ceil((program.instructions.length * (text.length + 1)) / 32);
  spend(budget, words);
  return new Uint32Array(words);
};

const isNew = (tried: Tried, bit: number): boolean => {
  if (!tried) return true;
  const word = tried[bit >>> 5] ?? 0;
  if (word & (1 << (bit & 31))) return false;
  tried[bit >>> 5] = word | (1 << (bit & 31));
  return true;
};

const looks = (matching: Matching, pc: number, kind: number, at: number): boolean => {
  const tried = createTried(matching);
  const isNegative = (kind & LOOK_NEGATIVE) !== 0;
  if ((kind & LOOK_BEHIND) === 0) return run(matching, pc + 1, at, -1, tried) >= 0 !== isNegative;
  for (let from = at; from >= 0; from--) {
    if (run(matching, pc + 1, from, at, tried) >= 0) return !isNegative;
  }
  return isNegative;
};

// Where the text of a group ends when it comes again, or -1. What a group did not take never comes again.
const repeatedAt = (
  { text, budget, places }: Matching,
  slot: number,
  at: number,
  fold: (text: string) => string,
): number => {
  const [from = -1, to = -1] = places.slice(slot, slot + 2);
  if (from < 0 || to < from) return -1;
  spend(budget, to - from);
  const end = at + to - from;
  return fold(text.slice(at, end)) === fold(text.slice(from, to)) && end <= text.length ? end : -1;
};

const keep = ({ places }: Matching, stack: number[], slot: number, at: number): void => {
  stack.push(-1 - slot, places[slot] ?? -1);
  places[slot] = at;
};

// What is done on its own; when the match goes back behind it, so do the places that it kept.
const runApart = (matching: Matching, stack: number[], act: () => number): number => {
  const before = matching.places.slice();
  const end = act();
  before.forEach((place, slot) => {
    if (place !== matching.places[slot]) stack.push(-1 - slot, place);
  });
  return end;
};

/** The rarer instructions: the place where to go on, or -1. */
const act = (matching: Matching, stack: number[], pc: number, { op, y }: Instruction, at: number): number => {
  switch (op) {
    case OP.LOOK:
      return runApart(matching, stack, () => (looks(matching, pc, y, at) ? at : -1));
    case OP.ATOMIC:
      return runApart(matching, stack, () => run(matching, pc + 1, at, -1, createTried(matching)));
    case OP.SAVE:
      keep(matching, stack, y, at);
      return at;
    case OP.BACK_IN_ANY_CASE:
      return repeatedAt(matching, y, at, (text) => text.toLowerCase());
    default:
      return repeatedAt(matching, y, at, (text) => text);
  }
};

/**
 * Runs a program from an instruction and a place and returns where the match ends, or -1. Instead of calling itself for each
 * choice it keeps a stack of what is left to try: pairs of instruction and place, or of -1 - slot and the place to put back.
 */
const run = (matching: Matching, from: number, start: number, target: number, tried: Tried): number => {
  const { program, text, budget, places } = matching;
  const stack: number[] = [];
  let pc = from;
  let at = start;
  for (;;) {
    const instruction = program.instructions[pc];
    if (!instruction || --budget.steps < 0) throw refusedByDatabase();
    let isStuck = false;
    let next = instruction.x;
    switch (instruction.op) {
      case OP.CHARACTER: {
        const code = text.codePointAt(at);
        if (code === undefined || !instruction.accepts(code)) isStuck = true;
        else at += code > 0xffff ? 2 : 1;
        break;
      }
      case OP.SPLIT:
        if (isNew(tried, pc * (text.length + 1) + at)) stack.push(instruction.y, at);
        else isStuck = true;
        break;
      case OP.JUMP:
        break;
      case OP.ASSERT:
        isStuck = !instruction.holds(text, at);
        break;
      case OP.MATCH:
        if (target < 0 || at === target) return at;
        isStuck = true;
        break;
      case OP.AGAIN:
        if (places[instruction.y] === at) next = pc + 1;
        break;
      default:
        at = act(matching, stack, pc, instruction, at);
        isStuck = at < 0;
    }
    pc = next;
    while (isStuck) {
      if (stack.length === 0) return -1;
      at = stack.pop() ?? -1;
      pc = stack.pop() ?? -1;
      isStuck = pc < 0;
      if (isStuck) places[-1 - pc] = at;
    }
  }
};

const isInsidePair = (text: string, at: number): boolean => at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;

/** Whether a program matches anywhere in a text that begins with the given literal; `isAnchored`: only at its start. */
export const matches = (
  program: Program,
  text: string,
  prefix: string,
  isAnchored: boolean,
  budget: Budget,
): boolean => {
  const places = new Array<number>(program.slots).fill(-1);
  const matching: Matching = { program, text, budget, places };
  const tried = createTried(matching);
  for (let at = 0; at <= text.length; at++) {
    if (prefix !== '') at = text.indexOf(prefix, at);
    if (at < 0) return false;
    if (!isInsidePair(text, at) && run(matching, 0, at, -1, tried) >= 0) return true;
    if (isAnchored) return false;
  }
  return false;
};
