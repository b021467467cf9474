import { matching } from '../../options/shape.ts';
import type { Parts } from '../parts.ts';
import type { Fault } from '../steering/faults.ts';
import { checkQuery, type Runs } from './run.ts';

const checkEnd = checkQuery('end a fault', {
  id: matching('the id of a fault', (value) => typeof value === 'string' && /^\d{1,9}$/.test(value)),
});

/** Misbehaviour on request, and what it has struck. */
export const faultRuns = ({ faults }: Parts): Runs => ({
  'GET /faults': () => faults?.list(),
  'GET /faults/records': () => faults?.records(),
  'POST /faults': (body) => {
    faults?.add(body as Fault | readonly Fault[]); // it looks
    return faults?.list();
  },
  'DELETE /faults': (_body, query) => {
    checkEnd(query);
    if (query.has('id')) faults?.end(Number(query.get('id')));
    else faults?.clear();
  },
});
