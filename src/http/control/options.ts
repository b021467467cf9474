import { originsOf } from '../../options/origins.ts';
import { OPTIONS, type OptionName, type Options } from '../../options/table.ts';
import type { Json } from '../../parse/record.ts';

/** An option as it is in force. */
export type OptionInForce = {
  /** Its name. */
  readonly name: string;
  /** The group that it stands in: `keys`, `mail`, … */
  readonly group: string;
  /** What it does, in a sentence. */
  readonly text: string;
  /** Its value; absent where it has none. Of what is no JSON, such as functions, a word; of a secret, `***` unless it was asked for. */
  readonly value?: Json;
  /** Where it comes from: `default`, `options` of a program, a flag of the command or the name of a file. */
  readonly from: string;
  /** Whether it is a secret. */
  readonly isSecret: boolean;
};

/** Options that are not to be read over a shoulder. The application id is none of them. */
const SECRET = /key$|secret|password(?!Policy)/i;

const LONGEST = 20_000;

const toJsonValue = (value: unknown): Json => {
  const text = JSON.stringify(value, (_name, inner: unknown) => {
    if (typeof inner === 'function') return 'a function';
    if (inner instanceof RegExp) return String(inner);
    return typeof inner === 'bigint' ? String(inner) : inner;
  });
  if (text === undefined) return null;
  return text.length > LONGEST ? `(${text.length} characters)` : JSON.parse(text);
};

const isNameOf = (name: string): name is OptionName => Object.hasOwn(OPTIONS, name);

/** Values that are data of their own, of which nobody wants to read here. */
const SHORT: { readonly [name: string]: string } = {
  persistence: 'a storage',
  seed: 'fixtures',
  passwordHasher: 'a hasher',
};

/** All options with the values that are in force. Secrets are hidden unless they are asked for. */
export const optionsInForce = (options: Options, hasSecrets: boolean): OptionInForce[] => {
  const origins = originsOf(options);
  return Object.keys(OPTIONS).flatMap((name): OptionInForce[] => {
    if (!isNameOf(name)) return [];
    const { group, text } = OPTIONS[name];
    const value: unknown = options[name];
    const isSecret = SECRET.test(name);
    const shown = isSecret && !hasSecrets ? '***' : (SHORT[name] ?? toJsonValue(value));
    const from = value === undefined ? 'default' : (origins[name] ?? 'default');
    return [{ name, group, text, ...(value !== undefined && { value: shown }), from, isSecret }];
  });
};
