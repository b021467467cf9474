import { refusedByDatabase } from '../where-errors.ts';
import { only } from './characters.ts';
import { type Instruction, LOOK_BEHIND, LOOK_NEGATIVE, OP, type Program } from './instructions.ts';
import type { Assertion, Node } from './nodes.ts';

/** PCRE's limit is of the same size. */
const MOST_INSTRUCTIONS = 20_000;

const always: Assertion = () => true;
const never = only(-1);

const hasBack = (node: Node): boolean => {
  switch (node.type) {
    case 'back':
      return true;
    case 'sequence':
    case 'choice':
      return node.nodes.some(hasBack);
    case 'repeat':
    case 'group':
    case 'atomic':
    case 'look':
      return hasBack(node.node);
    default:
      return false;
  }
};

type Writer = {
  readonly instructions: Instruction[];
  readonly names: ReadonlyMap<string, number>;
  readonly groups: number;
  readonly keepsPlaces: boolean;
  slots: number;
};

type Parts = Partial<Omit<Instruction, 'op'>>;

const write = ({ instructions }: Writer, op: Instruction['op'], parts: Parts = {}): Instruction => {
  if (instructions.length >= MOST_INSTRUCTIONS) throw refusedByDatabase();
  const { x = instructions.length + 1, y = 0, accepts = never, holds = always } = parts;
  const instruction: Instruction = { op, x, y, accepts, holds };
  instructions.push(instruction);
  return instruction;
};

const here = ({ instructions }: Writer): number => instructions.length;

const writeChoice = (writer: Writer, nodes: readonly Node[]): void => {
  const jumps: Instruction[] = [];
  for (const node of nodes.slice(0, -1)) {
    const split = write(writer, OP.SPLIT);
    writeNode(writer, node);
    jumps.push(write(writer, OP.JUMP));
    split.y = here(writer);
  }
  for (const node of nodes.slice(-1)) writeNode(writer, node);
  for (const jump of jumps) jump.x = here(writer);
};

// The instructions of a part run on their own, and end in a MATCH of their own.
const writeApart = (writer: Writer, op: Instruction['op'], node: Node, kind = 0): void => {
  const apart = write(writer, op, { y: kind });
  writeNode(writer, node);
  write(writer, OP.MATCH);
  apart.x = here(writer);
};

type Repeat = Extract<Node, { readonly type: 'repeat' }>;

const split = (writer: Writer, isLazy: boolean): ((exit: number) => void) => {
  const instruction = write(writer, OP.SPLIT);
  instruction.y = instruction.x;
  return (exit) => {
    if (isLazy) instruction.x = exit;
    else instruction.y = exit;
  };
};

const writeLoop = (writer: Writer, { node, greed }: Repeat): void => {
  const from = here(writer);
  const leave = split(writer, greed === 'lazy');
  if (writer.keepsPlaces) {
    const slot = writer.slots++;
    write(writer, OP.SAVE, { y: slot });
    writeNode(writer, node);
    write(writer, OP.AGAIN, { x: from, y: slot });
  } else {
    writeNode(writer, node);
    write(writer, OP.JUMP, { x: from });
  }
  leave(here(writer));
};

const writeOptional = (writer: Writer, node: Node, times: number, isLazy: boolean): void => {
  const exits = [];
  for (let i = 0; i < times; i++) {
    exits.push(split(writer, isLazy));
    writeNode(writer, node);
  }
  for (const leave of exits) leave(here(writer));
};

const writeRepeat = (writer: Writer, repeat: Repeat): void => {
  const { node, min, max, greed } = repeat;
  for (let i = 0; i < min; i++) {
    const before = here(writer);
    writeNode(writer, node);
    // nothing is nothing, however often it comes
    if (here(writer) === before) return;
  }
  if (max === Number.POSITIVE_INFINITY) writeLoop(writer, repeat);
  else writeOptional(writer, node, max - min, greed === 'lazy');
};

const writeGroup = (writer: Writer, node: Node, index: number): void => {
  if (writer.keepsPlaces) write(writer, OP.SAVE, { y: 2 * index - 2 });
  writeNode(writer, node);
  if (writer.keepsPlaces) write(writer, OP.SAVE, { y: 2 * index - 1 });
};

const groupOf = (group: number | string, { names, groups }: Writer): number => {
  const index = typeof group === 'number' ? group : names.get(group);
  if (index === undefined || index > groups) throw refusedByDatabase();
  return index;
};

const kindOfLook = ({ isAhead, isNegative }: Extract<Node, { readonly type: 'look' }>): number =>
  (isAhead ? 0 : LOOK_BEHIND) + (isNegative ? LOOK_NEGATIVE : 0);

const writeNode = (writer: Writer, node: Node): void => {
  switch (node.type) {
    case 'character':
      write(writer, OP.CHARACTER, { accepts: node.accepts });
      break;
    case 'assertion':
      write(writer, OP.ASSERT, { holds: node.holds });
      break;
    case 'sequence':
      for (const part of node.nodes) writeNode(writer, part);
      break;
    case 'choice':
      writeChoice(writer, node.nodes);
      break;
    case 'repeat':
      if (node.greed === 'possessive') writeApart(writer, OP.ATOMIC, { ...node, greed: 'greedy' });
      else writeRepeat(writer, node);
      break;
    case 'group':
      writeGroup(writer, node.node, node.index);
      break;
    case 'atomic':
      writeApart(writer, OP.ATOMIC, node.node);
      break;
    case 'look':
      writeApart(writer, OP.LOOK, node.node, kindOfLook(node));
      break;
    case 'back':
      write(writer, node.ignoresCase ? OP.BACK_IN_ANY_CASE : OP.BACK, { y: 2 * groupOf(node.group, writer) - 2 });
  }
};

/** Writes the instructions of a pattern. Throws 1 for one that grows too long, or refers to a group that is not there. */
export const createProgram = (node: Node, groups: number, names: ReadonlyMap<string, number>): Program => {
  const keepsPlaces = hasBack(node);
  const writer: Writer = { instructions: [], names, groups, keepsPlaces, slots: 2 * groups };
  writeNode(writer, node);
  write(writer, OP.MATCH);
  return { instructions: writer.instructions, slots: keepsPlaces ? writer.slots : 0 };
};
