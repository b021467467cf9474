import type { JsonObject } from '../../src/parse/record.ts';
import type { Change, Snapshot } from '../../src/store/persistence.ts';

/** How many things the writer does. */
export const STEPS = 24;

const FILLER = 'x'.repeat(2000);

const rowOf = (objectId: string, version: number): JsonObject => ({
  objectId,
  version,
  filler: FILLER.slice(version * 9),
});

/** What a step does: changes of two classes that belong together, a new whole, or bringing the file up to date. */
export type Step =
  | { readonly changes: readonly Change[] }
  | { readonly snapshot: Snapshot }
  | { readonly isFold: true };

const twins = (objectId: string, version: number): Change[] =>
  ['_User', '_Session'].map((className) => ({
    className,
    objectId,
    record: version === 0 ? null : rowOf(objectId, version),
  }));

/** The step of that number, from 1. */
export const stepOf = (number: number): Step => {
  if (number % 4 === 0) return { isFold: true };
  if (number === 7) return { snapshot: { _User: [rowOf('new', 7)], _Session: [rowOf('new', 7)] } };
  if (number === 6) return { changes: twins('u2', 0) };
  return { changes: [...twins(`u${number}`, number), ...twins('all', number)] };
};

/** The versions by object id after so many steps, which both classes have. */
export const stateAfter = (steps: number, before: ReadonlyMap<string, number>): Map<string, number> => {
  let state = new Map(before);
  for (let number = 1; number <= steps; number += 1) {
    const step = stepOf(number);
    if ('snapshot' in step) state = new Map([['new', 7]]);
    if (!('changes' in step)) continue;
    for (const { objectId, record } of step.changes) {
      if (record) state.set(objectId, Number(record['version']));
      else state.delete(objectId);
    }
  }
  return state;
};
