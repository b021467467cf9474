import { isDeepEqual } from './equality.ts';
import { ParseError } from './error.ts';
import { isObject, type Json } from './record.ts';

/** An operation on a field, as REST has it: `{ "__op": "Increment", "amount": 1 }`. */
export type FieldOperation = { readonly __op: string; readonly [key: string]: Json };

/** Whether a written value is an operation and not the value itself. */
export const isFieldOperation = (value: unknown): value is FieldOperation =>
  isObject(value) && typeof value['__op'] === 'string';

const amountOf = (operation: FieldOperation): number => {
  const amount = operation['amount'];
  if (typeof amount !== 'number') throw new ParseError('INVALID_JSON', 'incrementing must provide a number');
  return amount;
};

const objectsOf = (operation: FieldOperation, verb: string): readonly Json[] => {
  const objects = operation['objects'];
  if (!Array.isArray(objects)) throw new ParseError('INVALID_JSON', `objects to ${verb} must be an array`);
  return objects;
};

const listOf = (present: Json | undefined): readonly Json[] => (Array.isArray(present) ? present : []);

const without = (list: readonly Json[], unwanted: readonly Json[]): Json[] =>
  list.filter((member) => !unwanted.some((other) => isDeepEqual(member, other)));

const OPERANDS: ReadonlySet<string> = new Set(['Add', 'AddUnique', 'Remove']);

/**
 * What a field of a new object holds: nothing was there to reckon with, so that what is added stays as it was given. Undefined
 * means that it is unset. Throws 107 for a bad operand, with one message for all, 108 for an operation that nobody knows.
 */
export const initialValue = (operation: FieldOperation): Json | undefined => {
  const { __op: name, amount, objects } = operation;
  const isBad = name === 'Increment' ? typeof amount !== 'number' : OPERANDS.has(name) && !Array.isArray(objects);
  if (isBad) throw new ParseError('INVALID_JSON', 'objects to add must be an array');
  return name === 'Add' || name === 'AddUnique' ? objects : applyFieldOperation(operation, undefined);
};

/** What the field holds after the operation; undefined means that it is unset. Relations are not among these. */
export const applyFieldOperation = (operation: FieldOperation, present: Json | undefined): Json | undefined => {
  switch (operation.__op) {
    case 'Delete':
      return undefined;
    case 'Increment':
      return (typeof present === 'number' ? present : 0) + amountOf(operation);
    case 'SetOnInsert':
      return present ?? operation['amount'] ?? undefined;
    case 'Add':
      return [...listOf(present), ...objectsOf(operation, 'add')];
    case 'AddUnique': {
      const list = [...listOf(present)];
      for (const member of objectsOf(operation, 'add')) {
        if (!list.some((other) => isDeepEqual(other, member))) list.push(member);
      }
      return list;
    }
    case 'Remove':
      return without(listOf(present), objectsOf(operation, 'remove'));
    default:
      throw new ParseError('COMMAND_UNAVAILABLE', `The ${operation.__op} operator is not supported yet.`);
  }
};
