import { ParseError, refusal } from './error.ts';

/** 107: a constraint whose value has the wrong form. */
export const badValue = (message: string): ParseError => new ParseError('INVALID_JSON', message);

/** 102: a query that makes no sense. */
export const badQuery = (message: string): ParseError => new ParseError('INVALID_QUERY', message);

/** What Parse Server passes on to its database, which then refuses it; the client learns no more than this. */
export const refusedByDatabase = (): ParseError =>
  refusal('stumble', 'INTERNAL_SERVER_ERROR', 'An internal server error occurred');

/** Where Parse Server stumbles over a value instead of refusing it. */
export const stumble = (): ParseError => refusal('stumble', 'INTERNAL_SERVER_ERROR', 'Internal server error');
