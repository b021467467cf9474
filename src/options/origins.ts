import type { EmulatorOptions } from './table.ts';

/** Where each option that was given comes from, in words: `--app-id`, `parse.json`. */
export type Origins = { readonly [name: string]: string };

/** Goes along with options wherever they are copied to, and is no option itself. */
const ORIGINS: unique symbol = Symbol('where options come from');

/** The same options, with a word on where each comes from. */
export const withOrigins = <Given extends EmulatorOptions>(options: Given, origins: Origins): Given =>
  Object.assign({ ...options }, { [ORIGINS]: origins });

/** Where options come from, as far as it was said. */
export const originsOf = (options: object): Origins => {
  const origins: unknown = Reflect.get(options, ORIGINS);
  return typeof origins === 'object' && origins !== null ? { ...origins } : {};
};
