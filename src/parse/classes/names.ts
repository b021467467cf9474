import { CLASS_COLUMNS, columnsOf } from './columns.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const UNUSABLE: ReadonlySet<string> = new Set(['length', 'className']);
const JOIN = /^_Join:[A-Za-z0-9_]+:[A-Za-z0-9_]+$/;

/** Parse's internal classes, which clients may not touch in any way. */
const INTERNAL_CLASSES: ReadonlySet<string> = new Set([
  '_JobStatus',
  '_PushStatus',
  '_Hooks',
  '_GlobalConfig',
  '_GraphQLConfig',
  '_JobSchedule',
  '_Audience',
  '_Idempotency',
]);

// Under these names the store keeps what is no object of a class.
const KEPT_APART: ReadonlySet<string> = new Set(['_SCHEMA', '_File']);

/** Whether nobody may name the class, the master key included. */
export const isKeptApart = (className: string): boolean => KEPT_APART.has(className);

/** Whether only the master key may name the class. */
export const isInternalClass = (className: string): boolean => INTERNAL_CLASSES.has(className) || JOIN.test(className);

/** Whether the name is one of Parse's own classes (`_User`). */
export const isSystemClass = (className: string): boolean =>
  Object.hasOwn(CLASS_COLUMNS, className) || INTERNAL_CLASSES.has(className);

/** Whether a class can have this name. */
export const isClassName = (className: string): boolean =>
  isFieldName(className) || JOIN.test(className) || isSystemClass(className);

/** Parse's sentence for a name that no class can have (its trailing space included). */
export const classNameProblem = (className: string): string =>
  `Invalid classname: ${className}, classnames can only have alphanumeric characters and _, and must start with an alpha character `;

/** Whether a field can have this name. */
export const isFieldName = (fieldName: string): boolean => NAME.test(fieldName) && !UNUSABLE.has(fieldName);

/** Whether the field belongs to the class by nature and can neither be added nor taken away. */
export const isBuiltInField = (className: string, fieldName: string): boolean =>
  Object.hasOwn(columnsOf(className), fieldName);
