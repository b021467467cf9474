import type { ClassSchema } from './class-schema.ts';
import { isDeepEqual } from './equality.ts';
import { isObject, type Json, type JsonObject, type ParseRecord, fromDate } from './record.ts';
const at = (r: Json | undefined, p: string): Json | undefined => p.split('.').reduce<Json | undefined>((v, k) => (isObject(v) ? v[k] : undefined), r);
const norm = (v: Json | undefined): Json | undefined => (isObject(v) && v['__type'] === 'Date' ? (fromDate(v) ?? null) : v);
const eq = (a: Json | undefined, b: Json): boolean => {
  if (b === null) return a === undefined || a === null;
  if (isDeepEqual(a, b)) return true;
  if (Array.isArray(a) && a.some((m) => isDeepEqual(m, b))) return true;
  if (isObject(b) && b['__type'] === 'Date') return fromDate(a) !== undefined && fromDate(a) === fromDate(b);
  return false;
};
const cmp = (a: Json | undefined, b: Json): number | undefined => {
  const y = norm(b); const x = typeof y === 'number' && typeof a !== 'number' ? fromDate(a) : norm(a);
  if (typeof x !== typeof y || x === undefined || x === null || y === null) return undefined;
  return (x as number) < (y as number) ? -1 : (x as number) > (y as number) ? 1 : 0;
};
const test = (a: Json | undefined, op: string, b: Json, all: JsonObject): boolean => {
  const c = cmp(a, b);
  switch (op) {
    case '$eq': return eq(a, b);
    case '$ne': return !eq(a, b);
    case '$lt': return c !== undefined && c < 0;
    case '$lte': return c !== undefined && c <= 0;
    case '$gt': return c !== undefined && c > 0;
    case '$gte': return c !== undefined && c >= 0;
    case '$in': return (b as Json[]).some((m) => eq(a, m));
    case '$nin': return !(b as Json[]).some((m) => eq(a, m));
    case '$exists': return (a !== undefined && a !== null) === b;
    case '$all': return (b as Json[]).every((m) => eq(a, m));
    case '$regex': return typeof a === 'string' && new RegExp(String(b), String(all['$options'] ?? '').replace('x', '')).test(a);
    case '$options': return true;
    default: return true;
  }
};
export const validateWhere = (_where: JsonObject, _who: { isMaster: boolean }): void => undefined;
export const compileWhere = (where: JsonObject, schema: ClassSchema | undefined): ((record: ParseRecord) => boolean) => (r) =>
  Object.entries(where).every(([k, v]) => {
    const subs = (): boolean[] => (v as JsonObject[]).map((w) => compileWhere(w, schema)(r));
    if (k === '$or') return subs().some(Boolean);
    if (k === '$and') return subs().every(Boolean);
    if (k === '$nor') return !subs().some(Boolean);
    const a = at(r, k);
    return isObject(v) && Object.keys(v).some((o) => o.startsWith('$')) ? Object.entries(v).every(([o, b]) => test(a, o, b, v)) : eq(a, v);
  });
export const indexableValues = (where: JsonObject, field: string): readonly Json[] | undefined => {
  const v = where[field];
  if (typeof v === 'string') return [v];
  if (isObject(v) && Array.isArray(v['$in'])) return v['$in'];
  return isObject(v) && v['__type'] === 'Pointer' ? [v] : undefined;
};
