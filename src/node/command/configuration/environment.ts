import { OPTION_FLAGS } from '../flags.ts';
import { MATTERING, NO_DIFFERENCE, variableOf } from './foreign-options.ts';

/** Variables by name. */
export type Environment = { readonly [name: string]: string | undefined };

const NAMES = [
  ...OPTION_FLAGS.map(({ name }) => name),
  ...['host', 'graphQLSchema'],
  ...NO_DIFFERENCE,
  ...Object.keys(MATTERING),
];

/** Whether this runs by `exec`, which tells its command where the emulator is by a variable that is also Parse Server's. */
const isLent = (variable: string, environment: Environment): boolean =>
  variable === 'PARSE_SERVER_URL' && environment['PARSE_EMULATOR_URL'] !== undefined;

/**
 * What Parse Server's variables say, as text by the names of options: `PARSE_SERVER_MASTER_KEY` is `masterKey`. `PORT` counts where
 * one of the others is set.
 */
export const readEnvironment = (environment: Environment): { readonly [option: string]: string } => {
  const found = NAMES.flatMap((name): [string, string][] => {
    const variable = variableOf(name);
    const text = environment[variable];
    return text && !isLent(variable, environment) ? [[name, text]] : [];
  });
  const port = environment['PORT'];
  return Object.fromEntries(found.length > 0 && port ? [...found, ['port', port]] : found);
};
