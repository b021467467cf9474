import type { Dialect } from './dialect.ts';

/** Apollo Server 4: variables that do not fit are errors of an execution, which HTTP hears nothing of. */
export const apollo4: Dialect = (answer) => (answer.stage === 'variables' ? { ...answer, status: 200 } : answer);
