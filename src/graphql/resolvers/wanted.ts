import type { Context } from '../../operations/context.ts';
import type { Selection } from '../../operations/queries/query.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import { leafPaths, type Selected } from './selection.ts';

/**
 * What a document asks of an object, as Parse Server hands it to the triggers of finding: each field, which is followed as well if it
 * can be. With a word of authData among them all fields are wanted.
 */
export const wanted = (selected: Selected): Selection => {
  const paths = leafPaths(selected);
  if (paths.length === 0) return {};
  return paths.some((path) => path.includes('authData')) ? { include: paths } : { include: paths, keys: paths };
};

type Fields = ClassSchema['fields'];

/** Whether a path leads to what the class does not know of: into the parts of a value, or to a field of the application's own. */
const isUnknown = (path: string, fields: Fields, { schemas }: Context): boolean => {
  const [first = '', second] = path.split('.');
  const field = Object.hasOwn(fields, first) ? fields[first] : undefined;
  if (!field) return true;
  if (field.type === 'Relation') return false;
  if (field.type !== 'Pointer') return second !== undefined && field.type !== 'Array' && field.type !== 'Object';
  const target = field.targetClass === undefined ? undefined : schemas.get(field.targetClass)?.fields;
  return second === undefined || !target || !Object.hasOwn(target, second);
};

/** The same of an object of a class: where the class does not know one of the fields, Parse Server reads all of them. */
export const wantedOf = (className: string, selected: Selected, context: Context): Selection => {
  const { keys, ...others } = wanted(selected);
  const fields = context.schemas.get(className)?.fields;
  return keys && fields && !keys.some((path) => isUnknown(path, fields, context)) ? { ...others, keys } : others;
};
