import { ParseError } from '../parse/error.ts';
import type { Json } from '../parse/record.ts';

/** As deep as MongoDB keeps objects; whatever walks through JSON may count on it. */
const MOST_LEVELS = 200;

/** Throws 107 when objects and lists stand in each other more than 200 deep. */
export const checkDepth = (json: Json | undefined): void => {
  let level = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS)
      throw new ParseError('INVALID_JSON', `Objects are nested more than ${MOST_LEVELS} levels deep.`);
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
};
