import type { FieldChanges, SavedAnswer, SaveRequest } from '../../../operations/triggers/triggers.ts';
import { isDeepEqual } from '../../../parse/equality.ts';
import { toJsonObject } from '../../../parse/json.ts';
import { isObject, isObjectOrList, type Json, type JsonObject } from '../../../parse/record.ts';
import type { SdkObject } from '../parse-sdk.ts';
import { type Lender, type Prepared, toCommon, toObject } from './requests.ts';

const isFieldName = (name: string): boolean => /^[A-Za-z][0-9A-Za-z_]*$/.test(name);

const isOperation = (value: unknown): boolean => isObject(value) && typeof value['__op'] === 'string';

/** A value that is written into an object of a field: Parse Server hands over the field as it will be, one level deep. */
const setPart = (object: SdkObject, name: string, value: Json): void => {
  if (isOperation(value)) {
    object.set(name, value);
    return;
  }
  const [root = '', key = ''] = name.split('.');
  const held = object.get(root);
  object.set(root, { ...(isObject(held) && held), [key]: value });
};

const readOnlyIn = (object: SdkObject): readonly string[] => {
  const { readOnlyAttributes }: { readOnlyAttributes?: () => readonly string[] } = Object(object.constructor);
  return readOnlyAttributes?.() ?? [];
};

/** The object as it is about to be: what is stored, with the written fields set on it. */
const toUpdated = (lender: Lender, { className, original, fields }: SaveRequest): SdkObject => {
  const { parse } = lender;
  const readOnly = readOnlyIn(parse.Object.fromJSON({ className }));
  const given =
    original ?? Object.fromEntries(readOnly.flatMap((name) => (name in fields ? [[name, fields[name] ?? null]] : [])));
  const object = toObject(lender, className, given);
  for (const [name, value] of Object.entries(fields)) if (name.indexOf('.') > 0) setPart(object, name, value);
  const whole = Object.entries(fields).filter(([name]) => isFieldName(name) && !readOnly.includes(name));
  object.set(parse._decode(undefined, structuredClone(Object.fromEntries(whole))));
  return object;
};

/** What the trigger left to be written, in place of the fields that were. */
const toChanges = (object: SdkObject, fields: JsonObject): FieldChanges => {
  const left = toJsonObject(object._getSaveJSON());
  // what the SDK would not set was never the trigger's to take back
  const taken = Object.keys(fields).filter((name) => isFieldName(name) && !Object.hasOwn(left, name));
  const changed = Object.entries(left).filter(([name, value]) => !isDeepEqual(value, fields[name]));
  return Object.fromEntries([...taken.map((name) => [name, undefined] as const), ...changed]);
};

/** A request before a save, and how its outcome is read. */
export const beforeSaveRequest = (lender: Lender, request: SaveRequest): Prepared<FieldChanges> => {
  const object = toUpdated(lender, request);
  const { className, original } = request;
  return {
    request: {
      ...toCommon(lender, request),
      object,
      ...(original && { original: toObject(lender, className, original) }),
    },
    // whatever it returns
    answer: (): FieldChanges => toChanges(object, request.fields),
  };
};

const isSdkObject = (value: unknown): value is SdkObject => typeof Object(value)._toFullJSON === 'function';

/** A request after a save, and how its outcome is read. */
export const afterSaveRequest = (lender: Lender, request: SaveRequest): Prepared<SavedAnswer> => {
  const { className, object: saved, original } = request;
  const object = toObject(lender, className, saved);
  object._setExisted(original !== undefined);
  return {
    request: {
      ...toCommon(lender, request),
      object,
      ...(original && { original: toObject(lender, className, original) }),
    },
    answer: (result: unknown): SavedAnswer => {
      if (isObjectOrList(result) && !isSdkObject(result)) return { answer: toJsonObject(result) };
      return { object: toJsonObject((isSdkObject(result) ? result : object).toJSON()) };
    },
  };
};
