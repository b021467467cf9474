import { didYouMean } from '../parse/did-you-mean.ts';
import { OptionError } from '../parse/user-error.ts';
/** Throws an error that names the place when the value is not what it must be. */
export type Check = (value: unknown, place: string) => void;

/** Throws an `OptionError`: `reason` is what is wrong with an option, its place first. */
export const refuse = (reason: string): never => {
  throw new OptionError(reason);
};

const show = (value: unknown): string => {
  if (value === undefined || typeof value === 'function') return String(value === undefined ? value : 'a function');
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

const isPlainObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const expect =
  (wanted: string, isRight: (value: unknown) => boolean): Check =>
  (value, place) => {
    if (!isRight(value)) refuse(`${place} must be ${wanted}, not ${show(value)}`);
  };

/** `true` or `false`. */
export const flag: Check = expect('true or false', (value) => typeof value === 'boolean');

/** Text that is not empty. */
export const text: Check = expect('text', (value) => typeof value === 'string' && value !== '');

/** An address that begins with http. */
export const address: Check = expect(
  'an address that begins with http:// or https://',
  (value) => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value),
);

/** A number between the limits; `whole`: without a fraction; `above`: greater than that. */
export const number = (limits: { min?: number; max?: number; above?: number; whole?: boolean } = {}): Check => {
  const { min = -Infinity, max = Infinity, above = -Infinity, whole = false } = limits;
  const parts = [
    whole ? 'a whole number' : 'a number',
    ...(limits.above === undefined ? [] : [`above ${above}`]),
    ...(limits.min === undefined ? [] : [`from ${min}`]),
    ...(limits.max === undefined ? [] : [limits.above === undefined ? `to ${max}` : `and at most ${max}`]),
  ];
  return expect(
    parts.join(' '),
    (value) =>
      typeof value === 'number' &&
      Number.isFinite(value) &&
      value >= min &&
      value <= max &&
      value > above &&
      (!whole || Number.isInteger(value)),
  );
};

/** A function. */
export const callable: Check = expect('a function', (value) => typeof value === 'function');

/** One of these values. */
export const oneOf = (values: readonly unknown[], otherwise?: Check): Check => {
  const wanted = values.map(show).join(', ');
  return (value, place) => {
    if (values.includes(value)) return;
    if (otherwise && typeof value === 'object' && value !== null) otherwise(value, place);
    else expect(otherwise ? `${wanted} or an object` : `one of ${wanted}`, () => false)(value, place);
  };
};

/** A list whose members all pass. */
export const listOf =
  (check: Check): Check =>
  (value, place) => {
    if (!Array.isArray(value)) expect('a list', () => false)(value, place);
    else for (const [index, member] of value.entries()) check(member, `${place}[${index}]`);
  };

/** An object whose values all pass, whatever their names. */
export const mapOf =
  (check: Check): Check =>
  (value, place) => {
    if (!isPlainObject(value)) expect('an object', () => false)(value, place);
    else for (const [key, member] of Object.entries(value)) check(member, `${place}.${key}`);
  };

/** An object with no fields but these; `needed` must be there. `open`: others are let through. */
export const shape =
  (fields: { readonly [name: string]: Check }, rules: { needed?: readonly string[]; open?: boolean } = {}): Check =>
  (value, place) => {
    if (!isPlainObject(value)) return expect('an object', () => false)(value, place);
    for (const [key, member] of Object.entries(value)) {
      const check = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (!check && !rules.open) refuse(`${place} has no "${key}".${didYouMean(key, Object.keys(fields))}`);
      if (member !== undefined) check?.(member, `${place}.${key}`);
    }
    for (const name of rules.needed ?? []) if (value[name] === undefined) refuse(`${place} needs "${name}"`);
  };

/** Passes when one of the checks does; else the error of the last one. */
export const anyOf =
  (...checks: readonly Check[]): Check =>
  (value, place) => {
    let cause: unknown;
    for (const check of checks) {
      try {
        return check(value, place);
      } catch (error) {
        cause = error;
      }
    }
    throw cause;
  };

/** An object with these methods. */
export const withMethods = (...names: readonly string[]): Check =>
  expect(
    `an object with ${names.join(', ')}`,
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      names.every((name) => typeof Reflect.get(value, name) === 'function'),
  );

/** What passes `isRight`, called `wanted` in the message. */
export const matching: (wanted: string, isRight: (value: unknown) => boolean) => Check = expect;
