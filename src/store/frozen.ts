/** Whether a value has parts that could be changed. */
const isWhole = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/**
 * Freezes a value with all that is in it and returns it. What is frozen already is taken to be so to its ground, so that a record
 * which is written again costs nothing.
 */
export const freeze = <Value>(value: Value): Value => {
  if (!isWhole(value) || Object.isFrozen(value)) return value;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) if (typeof inner === 'object') freeze(inner);
  return Object.freeze(value);
};

const isPlain = (value: unknown): value is { [name: string]: unknown } =>
  isWhole(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));

const copyInto = (copies: Map<unknown, unknown>, value: unknown): unknown => {
  if (!Array.isArray(value) && !isPlain(value)) return value;
  if (copies.has(value)) return copies.get(value); // it may lead back to itself
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    for (const inner of value) list.push(copyInto(copies, inner));
    return list;
  }
  const plain = {};
  copies.set(value, plain);
  for (const [name, inner] of Object.entries(value))
    Object.defineProperty(plain, name, {
      value: copyInto(copies, inner),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return plain;
};

/** A copy of a value of JSON that shares nothing with it; what is neither a list nor a plain object stays as it is. */
export const copy = <Value>(value: Value): Value => copyInto(new Map(), value) as Value;

/**
 * A copy of settings, frozen: of lists and plain objects, as deep as they go. What has a function among its members is an object
 * of somebody's own with methods, and stays as it is.
 */
export const settle = <Value>(value: Value): Value => {
  if (Array.isArray(value)) return Object.freeze(value.map(settle)) as Value;
  if (!isPlain(value) || Object.values(value).some((inner) => typeof inner === 'function')) return value;
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, settle(inner)])),
  ) as Value;
};

const given = new WeakSet<object>();

/** Says that nobody else holds a state, so that it may be gone on with as it is: to freeze a large one takes its time. */
export const giveAway = <State extends object | null>(state: State): State => {
  if (state) given.add(state);
  return state;
};

/** Freezes a state, unless it was given away. */
export const freezeUnlessGiven = <State extends object>(state: State): State =>
  given.has(state) ? state : freeze(state);
