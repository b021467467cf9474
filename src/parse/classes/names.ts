import { columnsOf, VOLATILE_CLASSES } from './columns.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const UNUSABLE: ReadonlySet<string> = new Set(['length', 'className']);
const JOIN = /^_Join:[A-Za-z0-9_]+:[A-Za-z0-9_]+/;

/** Parse's own classes, of those that can be made, changed and taken away by name. */
const SYSTEM_CLASSES: ReadonlySet<string> = new Set([
  '_User',
  '_Installation',
  '_Role',
  '_Session',
  '_Product',
  '_PushStatus',
  '_JobStatus',
  '_JobSchedule',
  '_Audience',
  '_Idempotency',
]);

// Under these names the store keeps what is not an object of a class.
const KEPT_APART: ReadonlySet<string> = new Set(['_SCHEMA', '_File']);

/** Whether nobody may name the class, the master key included. */
export const isKeptApart = (className: string): boolean => KEPT_APART.has(className);

/** Whether the class is one that only Parse Server itself writes to (`_Hooks`): no schema lists it, and nothing is kept of it. */
export const isVolatileClass = (className: string): boolean => VOLATILE_CLASSES.includes(className);

/** Whether only the master key may name the class. */
export const isInternalClass = (className: string): boolean => isVolatileClass(className) || JOIN.test(className);

/** Whether the name is one of Parse's own classes (`_User`). */
export const isSystemClass = (className: string): boolean => SYSTEM_CLASSES.has(className);

/** Whether there may be objects of a class of this name. */
export const isNameOfObjects = (className: string): boolean => isClassName(className) || isVolatileClass(className);

/** Whether a class can have this name. */
export const isClassName = (className: string): boolean =>
  isFieldName(className) || JOIN.test(className) || isSystemClass(className);

/** Parse's message for a name that no class can have (its trailing space included). */
export const classNameProblem = (className: string): string =>
  `Invalid classname: ${className}, classnames can only have alphanumeric characters and _, and must start with an alpha character `;

/** Whether a field can have this name. */
export const isFieldName = (fieldName: string): boolean => NAME.test(fieldName) && !UNUSABLE.has(fieldName);

/** Whether the field belongs to the class by nature and can neither be added nor taken away. */
export const isBuiltInField = (className: string, fieldName: string): boolean =>
  Object.hasOwn(columnsOf(className), fieldName);
