/** Whether a value has parts that could be changed. */
const isWhole = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/**
 * Freezes a value with all that is in it, and answers it. What is frozen already is taken to be so to its ground, so that a record
 * which is written again costs nothing.
 */
export const freeze = <Value>(value: Value): Value => {
  if (!isWhole(value) || Object.isFrozen(value)) return value;
  for (const name in value) freeze(value[name]);
  return Object.freeze(value);
};

/** A copy of a value of JSON that shares nothing with it; what is no list and no plain object stays as it is. */
export const copy = <Value>(value: Value): Value => {
  const copied: unknown = Array.isArray(value)
    ? value.map(copy)
    : isWhole(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value))
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copy(inner)]))
      : value;
  return copied as Value;
};
