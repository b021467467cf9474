import { isOptionName } from '../../../options/check.ts';
import { UserError } from '../../../parse/user-error.ts';
import { readTextFile } from '../../json/text.ts';
import { readFlagValue } from '../flag-values.ts';
import { OPTION_FLAGS } from '../flags.ts';
import { fitValue, isForeign, type Leftovers } from './fit.ts';

/** A configuration of Parse Server's, as the emulator takes it. */
export type Translated = {
  /** Options by name; whether there are such options, and such values, is seen where they are taken. */
  readonly options: { readonly [name: string]: unknown };
  /** The option `emailAdapter`, where it is an adapter of Parse Server's: its module, or an object with its settings. */
  readonly mailAdapter?: unknown;
  /** What makes no difference here, by name. */
  readonly ignored: readonly string[];
};

const FLAGS = new Map<string, (typeof OPTION_FLAGS)[number]>(OPTION_FLAGS.map((option) => [option.name, option]));

/** Text may stand for any value, as in the environment; keys may be functions that say them. */
const toValue = async (name: string, given: unknown): Promise<unknown> => {
  const option = FLAGS.get(name);
  if (name === 'masterKey' && typeof given === 'function') return Reflect.apply(given, undefined, []);
  if (option?.kind === 'size' && typeof given === 'number') return String(given);
  return option && typeof given === 'string' ? readFlagValue(option, given) : given;
};

/** An adapter of Parse Server's, and not one of the emulator's functions that take a mail. */
const isMailAdapter = (value: unknown): boolean => {
  if (typeof value === 'string') return !['true', 'false'].includes(value);
  const isClass = typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
  return isClass || (typeof value === 'object' && value !== null);
};

const refuseMissing = (missing: readonly string[], source: string): void => {
  if (missing.length === 0) return;
  const does = missing.length === 1 ? 'is an option that' : 'are options that';
  throw new UserError(
    `Failed to start: ${source}: ${missing.join(', ')} ${does} clients would notice, and the emulator does not have. Start without with --without ${missing.join(',')}`,
  );
};

/** What `pull` writes, and this version of the emulator does not have. */
const isAhead = (name: string): boolean => name === 'parseVersion' && !isOptionName(name);

/** A value that Parse Server, too, takes for none. */
const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * Takes a configuration of Parse Server's apart. Rejects with a message for options that clients would notice and the emulator has not,
 * unless `without` names them. `source` is where they stand, such as the name of a file.
 */
export const translate = async (
  given: object,
  source: string,
  without: ReadonlySet<string> = new Set(),
): Promise<Translated> => {
  const leftovers: Leftovers = { ignored: [], missing: [] };
  const options: { [name: string]: unknown } = {};
  let mailAdapter: unknown;
  for (const [name, raw] of Object.entries(given)) {
    if (isNothing(raw) || without.has(name) || isAhead(name)) continue;
    if (name === 'graphQLSchema') options['typeDefs'] = await readTextFile(String(raw));
    else if (name === 'emailAdapter' && isMailAdapter(raw)) mailAdapter = raw;
    else {
      const value = await toValue(name, raw);
      if (!isForeign(name, value, leftovers)) options[name] = fitValue(name, value, leftovers);
    }
  }
  refuseMissing(
    leftovers.missing.filter((name) => !without.has(name)),
    source,
  );
  const { ignored } = leftovers;
  return { options, ignored, ...(mailAdapter !== undefined && { mailAdapter }) };
};
