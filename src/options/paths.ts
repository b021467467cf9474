import { refuse } from './shape.ts';
import { type EmulatorOptions, OPTIONS } from './table.ts';

const NAMES = ['mountPath', 'graphQLPath', 'playgroundPath'] as const;

/** The options that say where the emulator answers; those that are not given have their defaults. */
export type PathOptions = Pick<EmulatorOptions, (typeof NAMES)[number]>;

/** Where REST, GraphQL and the playground are: paths without a slash at their end, so that `/` is empty text. */
export type Paths = { readonly rest: string; readonly graphQL: string; readonly playground: string };

const pathOf = (name: (typeof NAMES)[number], options: PathOptions): string =>
  (options[name] ?? OPTIONS[name].default).replace(/\/$/, '');

/** Where an emulator of these options answers. */
export const pathsOf = (options: PathOptions): Paths => ({
  rest: pathOf('mountPath', options),
  graphQL: pathOf('graphQLPath', options),
  playground: pathOf('playgroundPath', options),
});

/** Whether a value can be a path of the emulator's: the control routes and the console keep their places, and MSW takes `*` and `:` for more than letters. */
export const isPath = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^(?:\/|(?:\/[\w.~%@!$&',;=-]+)+\/?)$/.test(value) &&
  !/^\/(?:emulator|console)(?:\/|$)/i.test(value);

/** Refuses paths that are one, letter case apart. */
export const checkPathsDiffer = (given: EmulatorOptions, source: string): void => {
  const path = (name: (typeof NAMES)[number]): string => pathOf(name, given).toLowerCase();
  for (const [index, name] of NAMES.entries()) {
    const other = NAMES.slice(0, index).find((before) => path(before) === path(name));
    if (other) refuse(`${source}${other} and ${name} must be different`);
  }
};
