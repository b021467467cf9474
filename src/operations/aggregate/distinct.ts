import { ParseError } from '../../parse/error.ts';
import { type Json, type JsonObject, type ParseRecord, toDate, valueAt } from '../../parse/record.ts';
import { compileOrder } from '../../parse/where/order.ts';
import type { Context } from '../context.ts';
import { findObjects } from '../queries/queries.ts';
import type { ClassTriggers } from '../triggers/triggers.ts';

// Of these two an object has only the text; here they are the moments that they stand for.
const MOMENTS: ReadonlySet<string> = new Set(['createdAt', 'updatedAt']);

const fieldOf = (object: JsonObject, path: string): Json | undefined => {
  const value = valueAt(object, path.split('.'));
  return MOMENTS.has(path) && typeof value === 'string' ? toDate(Date.parse(value)) : value;
};

const pathIn = (name: string): string => {
  if (name === '_id') return 'objectId';
  if (name.startsWith('_')) throw new ParseError('INVALID_KEY_NAME', `Invalid field name: ${name}`);
  return name;
};

// A trigger may say which objects count, but neither how many nor what of them, and it is shown nothing.
const withConstraintsOnly = ({ beforeFind }: ClassTriggers): ClassTriggers =>
  beforeFind
    ? {
        beforeFind: async (request) => {
          const { where } = (await beforeFind(request))?.query ?? {};
          return where && { query: { where } };
        },
      }
    : {};

const forDistinct = (context: Context): Context => ({
  ...context,
  triggers: {
    files: context.triggers.files,
    of: (className) => {
      const triggers = context.triggers.of(className);
      return triggers && withConstraintsOnly(triggers);
    },
  },
});

/** The values that a field has in the objects that match, each once and in order; the members of lists count by themselves. */
export const distinctValues = async (
  className: string,
  name: string,
  where: JsonObject,
  context: Context,
): Promise<Json[]> => {
  const path = pathIn(name);
  const { results } = await findObjects(className, { where }, forDistinct(context));
  const values = results.flatMap((object) => {
    const value = fieldOf(object, path) ?? null;
    return Array.isArray(value) ? value : [value];
  });
  const each = new Map(values.filter((value) => value !== null).map((value) => [JSON.stringify(value), { value }]));
  const rows = [...each.values()] as unknown as ParseRecord[];
  return (compileOrder(['value'], {})?.(rows) ?? rows).map((row) => row['value'] ?? null);
};
