import { isObject, isPointer, type Json, type JsonObject, type Pointer } from '../../parse/record.ts';
import { passesRights } from '../access/keys.ts';
import type { Context } from '../context.ts';
import type { FindObjects, Selection } from './query.ts';
import { type Path, selectionAt } from './selection.ts';

const pointersIn = (value: Json | undefined, path: Path, at = 0): Pointer[] => {
  if (Array.isArray(value)) return value.flatMap((member) => pointersIn(member, path, at));
  const name = path[at];
  if (name === undefined) return isPointer(value) ? [value] : [];
  return isObject(value) ? pointersIn(value[name], path, at + 1) : [];
};

type Found = ReadonlyMap<string, JsonObject>;

// A pointer whose object is not there, or not for the caller, vanishes; in a list its place closes.
const replaceIn = (value: Json, path: Path, found: Found, at = 0): Json | undefined => {
  if (Array.isArray(value))
    return value.map((member) => replaceIn(member, path, found, at)).filter((member) => member !== undefined);
  const name = path[at];
  if (name === undefined) return isPointer(value) ? found.get(`${value.className}:${value.objectId}`) : value;
  const child = isObject(value) ? value[name] : undefined;
  if (!isObject(value) || child === undefined || child === null) return value;
  const replaced = replaceIn(child, path, found, at + 1);
  const { [name]: _, ...others } = value;
  return replaced === undefined ? others : { ...value, [name]: replaced };
};

const byIds = ([first = '', ...more]: readonly string[]): JsonObject =>
  more.length === 0 ? { objectId: first } : { objectId: { $in: [first, ...more] } };

const fetchAll = async (
  pointers: readonly Pointer[],
  selection: Selection,
  find: FindObjects,
  context: Context,
): Promise<Found> => {
  const idsByClass = new Map<string, Set<string>>();
  for (const { className, objectId } of pointers) {
    idsByClass.set(className, (idsByClass.get(className) ?? new Set()).add(objectId));
  }
  const found = new Map<string, JsonObject>();
  for (const [className, ids] of idsByClass) {
    const query = { ...selection, where: byIds([...ids]), isGet: true };
    const { results } = await find(className, query, ids.size === 1);
    for (const object of results) {
      const { sessionToken: _, ...shown } = object;
      const visible = className === '_User' && !passesRights(context.auth) ? withoutAuthData(shown) : shown;
      found.set(`${className}:${String(object['objectId'])}`, { ...visible, __type: 'Object', className });
    }
  }
  return found;
};

const withoutAuthData = ({ authData: _, ...rest }: JsonObject): JsonObject => rest;

/** The objects with the pointers of a selection followed, as far as the caller may read what they point at. */
export const includePointers = async (
  objects: readonly JsonObject[],
  paths: readonly Path[],
  selection: Selection,
  find: FindObjects,
  context: Context,
): Promise<JsonObject[]> => {
  let present = [...objects];
  for (const path of paths) {
    const pointers = present.flatMap((object) => pointersIn(object, path));
    if (pointers.length === 0) continue;
    const found = await fetchAll(pointers, selectionAt(path, selection), find, context);
    present = present.map((object) => replaceIn(object, path, found) as JsonObject);
  }
  return present;
};
