import { isObject, isPointer, type Json } from './record.ts';

/** Whether two JSON values are the same, whatever the order of their keys; pointers are the same by class and object id. */
export const isDeepEqual = (one: Json | undefined, other: Json | undefined): boolean => {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((value, i) => isDeepEqual(value, other[i]));
  }
  if (isPointer(one)) return isPointer(other) && one.className === other.className && one.objectId === other.objectId;
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isDeepEqual(one[key], other[key]))
  );
};
