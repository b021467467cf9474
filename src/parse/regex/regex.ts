import { refusedByDatabase } from '../where-errors.ts';
import { type Budget, matches } from './matcher.ts';
import type { Node } from './nodes.ts';
import { atStart, parsePattern } from './parser.ts';
import { createProgram } from './program.ts';
import { createReader } from './reader.ts';

export type { Budget } from './matcher.ts';

/** A compiled pattern. It matches when any part of a text does. */
export type Pattern = { readonly test: (text: string) => boolean };

/** MongoDB's limit. */
const LONGEST_PATTERN = 32_764;

const STEPS = 5_000_000;
const STEPS_PER_CHARACTER = 32;

/** How much matching may cost: about a tenth of a second, and more only for texts that are long themselves. */
export const createBudget = (): Budget => ({ steps: STEPS });

const partsOf = (node: Node): readonly Node[] => (node.type === 'sequence' ? node.nodes : [node]);

// The text that every match begins with.
const prefixOf = (node: Node): string => {
  let prefix = '';
  for (const part of partsOf(node)) {
    if (part.type !== 'character' || part.code === undefined) break;
    prefix += String.fromCodePoint(part.code);
  }
  return prefix;
};

const beginsAtStart = (node: Node): boolean => {
  const first = partsOf(node)[0];
  return first?.type === 'assertion' && first.holds === atStart;
};

/**
 * Compiles a pattern in the dialect of MongoDB (PCRE), with any of its options `imsx`; other letters mean nothing. In whatever
 * runtime, and whatever the pattern, a test takes a bounded time. Throws 1 for a pattern that MongoDB would refuse; a test
 * throws 1 when it would cost more than the budget, which is its own unless one is given for all.
 */
export const compilePattern = (source: string, options: string, shared?: Budget): Pattern => {
  if (source.length > LONGEST_PATTERN) throw refusedByDatabase();
  const reader = createReader(source);
  const node = parsePattern(reader, options);
  const program = createProgram(node, reader.groups, reader.names);
  const [prefix, isAnchored] = [prefixOf(node), beginsAtStart(node)];
  return {
    test: (text) => {
      const budget = shared ?? createBudget();
      budget.steps += text.length * STEPS_PER_CHARACTER;
      return matches(program, text, prefix, isAnchored, budget);
    },
  };
};
