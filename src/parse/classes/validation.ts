import { ParseError, refusal } from '../error.ts';
import { isFieldOperation } from '../field-ops.ts';
import { isObject, type Json } from '../record.ts';
import { columnsOf } from './columns.ts';
import { classNameProblem, isBuiltInField, isClassName, isFieldName } from './names.ts';
import type { FieldSchema, FieldType } from './schema.ts';

const FIELD_TYPES: ReadonlySet<string> = new Set<FieldType>([
  'String',
  'Number',
  'Boolean',
  'Date',
  'Array',
  'Object',
  'GeoPoint',
  'File',
  'Bytes',
  'Polygon',
  'Pointer',
  'Relation',
  'ACL',
]);

/** The fields of a class, by name. */
export type Fields = { readonly [name: string]: FieldSchema };

/** A type as Parse's messages name it: `Pointer<_User>`. */
export const typeName = ({ type, targetClass }: FieldSchema): string =>
  targetClass ? `${type}<${targetClass}>` : type;

const isSameType = (one: FieldSchema, other: FieldSchema): boolean =>
  one.type === other.type && (one.targetClass ?? '') === (other.targetClass ?? '');

const typeOfTagged = (value: { readonly [key: string]: Json }): FieldSchema => {
  const { __type: tag, className } = value;
  if ((tag === 'Pointer' || tag === 'Relation') && typeof className === 'string' && className !== '') {
    return { type: tag, targetClass: className };
  }
  if (tag === 'File' && value['name']) return { type: 'File' };
  if (tag === 'Date' && value['iso']) return { type: 'Date' };
  if (tag === 'GeoPoint' && value['latitude'] != null && value['longitude'] != null) return { type: 'GeoPoint' };
  if (tag === 'Bytes' && value['base64']) return { type: 'Bytes' };
  if (tag === 'Polygon' && value['coordinates']) return { type: 'Polygon' };
  throw new ParseError('INCORRECT_TYPE', `This is not a valid ${String(tag)}`);
};

// Parse Server trips over these, so that the client hears of an internal error.
const stumble = (problem: string): TypeError => new TypeError(`Failed to read a field operation: ${problem}`);

const typeOfOperation = (operation: {
  readonly __op: string;
  readonly [key: string]: Json;
}): FieldSchema | undefined => {
  const objects = operation['objects'];
  switch (operation.__op) {
    case 'Increment':
      return { type: 'Number' };
    case 'Delete':
      return undefined;
    case 'Add':
    case 'AddUnique':
    case 'Remove':
      return { type: 'Array' };
    case 'AddRelation':
    case 'RemoveRelation': {
      const first = Array.isArray(objects) ? objects[0] : undefined;
      if (first === undefined || first === null) throw stumble(`${operation.__op} names no objects`);
      return {
        type: 'Relation',
        ...(isObject(first) && typeof first['className'] === 'string' && { targetClass: first['className'] }),
      };
    }
    case 'Batch': {
      const first = Array.isArray(operation['ops']) ? operation['ops'][0] : undefined;
      if (first === undefined) throw stumble('Batch names no operations');
      return typeOf(first);
    }
    default:
      throw stumble(`unexpected op: ${operation.__op}`);
  }
};

/** The type that a value of a REST body has; undefined for what fits any field (null, a Delete). Throws 111 for a bad value, TypeError for an unknown operation. */
export const typeOf = (value: Json | undefined): FieldSchema | undefined => {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return { type: 'Boolean' };
  if (typeof value === 'string') return { type: 'String' };
  if (typeof value === 'number') return { type: 'Number' };
  if (!isObject(value)) return { type: 'Array' };
  if (isFieldOperation(value)) return typeOfOperation(value);
  return value['__type'] ? typeOfTagged(value) : { type: 'Object' };
};

/** Throws 111 unless a value of type `actual` may stand in a field of type `expected`. */
export const checkType = (place: string, expected: FieldSchema, actual: FieldSchema): void => {
  if (isSameType(expected, actual)) return;
  throw new ParseError(
    'INCORRECT_TYPE',
    `schema mismatch for ${place}; expected ${typeName(expected)} but got ${typeName(actual)}`,
  );
};

const checkFieldType = (field: FieldSchema): void => {
  if (field.type === 'Pointer' || field.type === 'Relation') {
    if (field.targetClass === undefined || field.targetClass === '')
      throw new ParseError(135, `type ${field.type} needs a class name`);
    if (typeof field.targetClass !== 'string') throw new ParseError('INVALID_JSON', 'invalid JSON');
    if (!isClassName(field.targetClass))
      throw new ParseError('INVALID_CLASS_NAME', classNameProblem(field.targetClass));
    return;
  }
  if (typeof field.type !== 'string') throw new ParseError('INVALID_JSON', 'invalid JSON');
  if (!FIELD_TYPES.has(field.type)) throw new ParseError('INCORRECT_TYPE', `invalid field type: ${String(field.type)}`);
};

const checkDefaultValue = (className: string, name: string, field: FieldSchema): void => {
  if (field.defaultValue === undefined || field.defaultValue === null) return;
  const actual = typeOf(field.defaultValue);
  if (field.type === 'Relation') {
    throw new ParseError('INCORRECT_TYPE', `The 'default value' option is not applicable for ${typeName(field)}`);
  }
  if (actual)
    checkType(
      `${className}.${name} default value`,
      { type: field.type, ...(field.targetClass && { targetClass: field.targetClass }) },
      actual,
    );
};

/** Throws when the fields cannot be added to the class, with the code and the words that Parse has for it. */
export const checkNewFields = (className: string, added: Fields, present: Fields): void => {
  for (const [name, field] of Object.entries(added)) {
    if (!isFieldName(name)) throw new ParseError('INVALID_KEY_NAME', `invalid field name: ${name}`);
    if (isBuiltInField(className, name)) throw refusal('fieldFixed', 136, `field ${name} cannot be added`);
    checkFieldType(field);
    checkDefaultValue(className, name, field);
    if (field.required && field.type === 'Relation') {
      throw new ParseError('INCORRECT_TYPE', `The 'required' option is not applicable for ${typeName(field)}`);
    }
  }
  const all = { ...columnsOf(className), ...present, ...added };
  const [first, second] = Object.keys(all).filter((name) => all[name]?.type === 'GeoPoint');
  if (second !== undefined) {
    throw new ParseError(
      'INCORRECT_TYPE',
      `currently, only one GeoPoint field may exist in an object. Adding ${second} when ${first} already exists.`,
    );
  }
};
