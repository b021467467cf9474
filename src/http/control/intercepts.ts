import { flag, matching, shape, text } from '../../options/shape.ts';
import { ERROR_CODES, type ErrorCode, ParseError } from '../../parse/error.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Control } from '../parts.ts';
import { checkBody, type Runs } from './run.ts';

/** An intercept with a constant answer, as another process can give it. */
export type ConstantIntercept = {
  /** The root field: `logIn`. */
  readonly field: string;
  /** What the field answers, in the form that a client sees. */
  readonly answer?: unknown;
  /** The error of Parse that the field ends in. */
  readonly error?: {
    /** `101`, or `'OBJECT_NOT_FOUND'`. */
    readonly code: ErrorCode;
    /** What the client reads. */
    readonly message: string;
  };
  /** Whether it is for one call only. @default false */
  readonly once?: boolean;
};

const code = matching(
  "the number or the name of an error of Parse's",
  (value) => Number.isInteger(value) || (typeof value === 'string' && Object.hasOwn(ERROR_CODES, value)),
);

const check = checkBody(
  'intercept a field',
  {
    field: text,
    answer: () => undefined,
    error: shape({ code, message: text }, { needed: ['code', 'message'] }),
    once: flag,
  },
  { needed: ['field'] },
);

const add = (given: ConstantIntercept, control: Control): (() => void) => {
  const { field, answer, error, once = false } = given;
  if ((answer === undefined) === (error === undefined)) {
    throw new UserError('Failed to intercept a field: the body needs one of "answer" and "error"');
  }
  const run = (): unknown => {
    if (error) throw new ParseError(error.code, error.message);
    return structuredClone(answer);
  };
  return control.intercept(field, run, { once });
};

/** Constant answers of root fields, until a reset or their end. */
export const interceptRuns = (control: Control): Runs => {
  const ends = new Map<number, () => void>();
  let count = 0;
  const endOne = (id: string): void => {
    const end = ends.get(Number(id));
    if (!end) throw new UserError(`Failed to end an intercept: there is none with the id ${JSON.stringify(id)}`);
    ends.delete(Number(id));
    end();
  };
  return {
    'POST /intercepts': (body) => {
      check(body);
      const end = add(body as ConstantIntercept, control); // it was looked at
      count += 1;
      ends.set(count, end);
      return { id: count };
    },
    'DELETE /intercepts': (_body, query) => {
      for (const id of query.has('id') ? [query.get('id') ?? ''] : [...ends.keys()].map(String)) endOne(id);
    },
  };
};
