import type { ErrorBody } from '../errors.ts';
import type { Dialect } from './dialect.ts';

const asInternal = (error: ErrorBody): ErrorBody => ({ ...error, extensions: { code: 'INTERNAL_SERVER_ERROR' } });

/** Only of a value that has the wrong type the client is told that it is at fault. */
const isBadValue = ({ message }: ErrorBody): boolean => / got invalid value /.test(message);

/** Apollo Server 2, which knows fewer codes. */
export const apollo2: Dialect = (answer) => {
  const { stage, body } = answer;
  const errors = body.errors ?? [];
  if (stage === 'operation') return { ...answer, body: { errors: errors.map(asInternal) } };
  if (stage === 'variables') {
    return { ...answer, body: { errors: errors.map((error) => (isBadValue(error) ? error : asInternal(error))) } };
  }
  return stage === 'method' ? { ...answer, text: 'GET supports only query operation' } : answer;
};
