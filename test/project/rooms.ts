import type { Import, SourceFile } from './source-file.ts';

/** The rooms from the bottom up. Imports point down only; rooms of one level don't know each other. */
const LEVELS: readonly (readonly string[])[] = [
  ['parse'],
  ['store'],
  ['options', 'operations'],
  ['graphql', 'live', 'rest'],
  ['http'],
  ['emulator'],
  ['client', 'msw', 'node'],
  ['vitest'],
];

/** The files that stand beside the rooms, and the room that they count for. */
const FILES: { readonly [path: string]: string } = {
  'emulator.ts': 'emulator',
  'index.ts': 'emulator',
};

/** Which files may name a package, as a path or the start of one. Any package that is not here is new: say who may name it. */
const PACKAGES: { readonly [name: string]: readonly string[] } = {
  'csv-parse': ['node/command/'],
  bcryptjs: ['operations/passwords.ts'],
  graphql: ['graphql/'],
  '@graphql-tools/merge': ['graphql/'],
  '@graphql-tools/mock': ['graphql/'],
  '@graphql-tools/schema': ['graphql/'],
  lowdb: ['store/', 'node/'],
  mime: ['operations/files/media-types.ts'],
  mingo: ['operations/aggregate/engine.ts'],
  msw: ['msw/', 'vitest/'],
  nodemailer: ['node/server/smtp.ts'],
  otpauth: ['operations/third-parties/mfa.ts'],
  'path-to-regexp': ['http/credentials/rate-limits.ts'],
  pluralize: ['graphql/schema/naming.ts'],
  vitest: ['vitest/'],
  ws: ['node/server/'],
  yargs: ['node/'],
};

/** The room a file stands in; undefined for a file that nobody has given a place. */
export const roomOf = (path: string): string | undefined => {
  const room = FILES[path] ?? path.split('/')[0];
  return LEVELS.flat().find((name) => name === room);
};

const levelOf = (room: string): number => LEVELS.findIndex((rooms) => rooms.includes(room));

/** The options' types name what operations take, and operations the options: as types, they may. */
const areTypesShared = (from: string, to: string): boolean =>
  from !== to && [from, to].sort().join() === 'operations,options';

const isAllowed = (from: string, { target, isOwn, isType }: Import): boolean => {
  if (!isOwn) {
    if (target.startsWith('node:')) return from.startsWith('node/');
    const name = target.split('/', target.startsWith('@') ? 2 : 1).join('/');
    return PACKAGES[name]?.some((place) => from.startsWith(place)) ?? false;
  }
  if (target === '../package.json') return from.startsWith('node/'); // the command tells its version
  const [room, other] = [roomOf(from), roomOf(target)];
  if (!room || !other) return false;
  return room === other || levelOf(other) < levelOf(room) || (isType && areTypesShared(room, other));
};

/** The imports of a file that point up, aside, or at a package which is not this file's to name. */
export const wrongImports = ({ path, imports }: SourceFile): string[] =>
  imports.filter((one) => !isAllowed(path, one)).map(({ target }) => `${path} → ${target}`);

/** Files that import each other in a ring, types aside; each ring once, as `a.ts → b.ts → a.ts`. */
export const findCycles = (files: readonly SourceFile[]): string[] => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) cycles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (done.has(path) || way.includes(path)) return;
    for (const { target, isOwn, isType } of byPath.get(path)?.imports ?? []) {
      if (isOwn && !isType) visit(target, [...way, path]);
    }
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return cycles;
};
