import { isObject, type Json, type JsonObject } from '../parse/record.ts';
import type { Snapshot } from '../store/persistence.ts';
import type { Context } from './context.ts';
import { newObjectId } from './random.ts';

const completeRow = async (className: string, row: JsonObject, context: Context): Promise<JsonObject> => {
  if (className === 'schemas' || className.startsWith('_Join:')) return row;
  const { password, ...rest } = row;
  const at = new Date(context.clock.now()).toISOString();
  const objectId = typeof row['objectId'] === 'string' ? row['objectId'] : newObjectId(context.random);
  const hidden: { [name: string]: Json } =
    className === '_User' && typeof password === 'string'
      ? { _hashed_password: await context.passwords.hash(password, context.options.bcryptRounds) }
      : {};
  const acl = className === '_User' && !row['ACL'] ? { ACL: { [objectId]: { read: true, write: true } } } : {};
  return { createdAt: at, updatedAt: at, ...rest, ...hidden, ...acl, objectId };
};

/**
 * Fixtures as the store takes them: plain passwords are hashed; object ids, dates and ACLs are filled in where they are
 * missing. Throws an Error that names the place of a mistake.
 */
export const toSnapshot = async (fixtures: unknown, context: Context): Promise<Snapshot> => {
  if (!isObject(fixtures)) throw new Error('Failed to read the fixtures: they are no object');
  const classes: [string, readonly JsonObject[]][] = [];
  for (const [className, rows] of Object.entries(fixtures)) {
    if (!Array.isArray(rows)) throw new Error(`Failed to read the fixtures: ${className} is no list`);
    const complete: JsonObject[] = [];
    for (const row of rows) if (isObject(row)) complete.push(await completeRow(className, row, context));
    classes.push([className, complete]);
  }
  return Object.fromEntries(classes);
};
