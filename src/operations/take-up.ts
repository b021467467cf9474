import { foldCase } from '../store/indexes.ts';
import type { Change, TakeUp } from '../store/persistence.ts';
import { type Reader, Store } from '../store/store.ts';
import type { Context } from './context.ts';
import { FixtureError, show } from './fixture-mistake.ts';
import { isAsItWas, toSnapshot } from './fixtures.ts';
import { defineClasses } from './schema-definitions.ts';
import { Schemas } from './schemas.ts';

/** A context that knows nothing of the present state: what is there already has no say in what comes in its place. */
export const withoutState = (context: Context): Context => {
  const store = new Store(undefined);
  return { ...context, store, schemas: new Schemas(store) };
};

/** Throws when somebody has just signed up under a name that was added by hand at the same time. */
const checkUnsafe = (state: Reader, unsafe: readonly Change[]): void => {
  for (const { className, record } of unsafe) {
    if (className !== '_User' || !record) continue;
    for (const field of ['username', 'email']) {
      const value = record[field];
      if (typeof value === 'string' && state.lookUp('_User', field, foldCase(value)).length > 1) {
        throw new FixtureError('_User', `${show(value)} is the ${field} of somebody who has just signed up, too`);
      }
    }
  }
};

/**
 * Goes on with a state that was changed where it is kept, such as a file in an editor: it is completed as fixtures are. Rejects
 * with the place of a mistake, and then all is as it was.
 */
export const createTakeUp =
  (context: Context): TakeUp =>
  async (found) => {
    const scratch = withoutState(context);
    const completed = await toSnapshot(found, scratch);
    const snapshot = isAsItWas(found, completed) ? found : completed;
    const { schema } = context.options;
    if (schema) {
      scratch.store.load({ schemas: snapshot['schemas'] ?? [] });
      scratch.store.transact((transaction) => defineClasses(schema, scratch.schemas, transaction)); // it may throw
    }
    context.store.adopt(snapshot, checkUnsafe);
    return snapshot;
  };
