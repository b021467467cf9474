import type { GraphQLResponse } from '../answer.ts';

/**
 * Tells an answer as another GraphQL server would. What the emulator executes is told as Apollo Server 5 tells it; a dialect
 * changes statuses, codes and words, and nothing of what happened.
 */
export type Dialect = (answer: GraphQLResponse) => GraphQLResponse;

/** The codes that Apollo Server gives by itself: none of them is Parse's. */
export const isOwnCode = (code: unknown): boolean => code === 'INTERNAL_SERVER_ERROR' || code === 'BAD_USER_INPUT';
