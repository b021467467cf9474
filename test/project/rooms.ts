import type { Import, SourceFile } from './source-file.ts';

/** The rooms from the bottom up. Imports point down only; rooms of one level don't know each other. */
const LEVELS: readonly (readonly string[])[] = [
  ['parse'],
  ['store'],
  ['options'],
  ['operations'],
  ['graphql', 'live', 'rest'],
  ['http'],
  ['emulator'],
  ['client', 'msw'],
  ['node'],
  ['vitest'],
];

/** The files that stand beside the rooms, and the room that they count for. */
const FILES: { readonly [path: string]: string } = {
  'emulator.ts': 'emulator',
  'index.ts': 'emulator',
};

/** Which files may name a package, as a path or the start of one. Any package that is not here is new: say who may name it. */
const PACKAGES: { readonly [name: string]: readonly string[] } = {
  '@modelcontextprotocol/sdk': ['node/mcp/'],
  '@playwright/test': ['node/playwright/'],
  'csv-parse': ['node/command/'],
  '@noble/hashes': ['operations/password-memory.ts', 'operations/passwords.ts'],
  bcryptjs: ['operations/passwords.ts'],
  graphql: ['graphql/', 'node/remote/verify/documents.ts'],
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
  pluralize: ['graphql/schema/classes/naming.ts'],
  tinyglobby: ['node/command/remote/'],
  vitest: ['vitest/'],
  ws: ['node/server/'],
  yargs: ['node/'],
};

/**
 * Files that say what a sub-room hands over, and are taken by those below it: each counts for itself, and stands
 * as low as the options, which name some of them. They import types only, of parts that lie no higher.
 */
export const CONTRACTS: readonly string[] = [
  'operations/functions/table.ts',
  'operations/objects/stages.ts',
  'operations/queries/query.ts',
  'operations/third-parties/lender.ts',
  'operations/triggers/triggers.ts',
];

/** The room a file stands in; undefined for a file that nobody has given a place. */
export const roomOf = (path: string): string | undefined => {
  const room = CONTRACTS.includes(path) ? 'options' : (FILES[path] ?? path.split('/')[0]);
  return LEVELS.flat().find((name) => name === room);
};

const levelOf = (room: string): number => LEVELS.findIndex((rooms) => rooms.includes(room));

const isAllowed = (from: string, { target, isOwn }: Import): boolean => {
  if (!isOwn) {
    if (target.startsWith('node:')) return from.startsWith('node/');
    const name = target.split('/', target.startsWith('@') ? 2 : 1).join('/');
    return PACKAGES[name]?.some((place) => from.startsWith(place)) ?? false;
  }
  if (target === '../package.json') return from.startsWith('node/'); // the command tells its version
  const [room, other] = [roomOf(from), roomOf(target)];
  if (!room || !other) return false;
  return room === other || levelOf(other) < levelOf(room);
};

/** The imports of a file that point up, aside, or at a package which is not this file's to name. */
export const wrongImports = ({ path, imports }: SourceFile): string[] =>
  imports.filter((one) => !isAllowed(path, one)).map(({ target }) => `${path} → ${target}`);

/** The sub-room of a file: the folder inside of its room. A file beside the sub-rooms counts for itself. */
export const subRoomOf = (path: string): string => {
  const [room, folder, file] = path.split('/');
  return file === undefined || CONTRACTS.includes(path) ? path : `${room}/${folder}`;
};

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

const graphOf = (files: readonly SourceFile[], partOf: (path: string) => string): Graph => {
  const graph = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const targets = graph.get(partOf(path)) ?? new Set();
    graph.set(partOf(path), targets);
    for (const { target, isOwn } of imports) if (isOwn && partOf(target) !== partOf(path)) targets.add(partOf(target));
  }
  return graph;
};

/**
 * Parts that import each other in a ring, be it for a type alone; each ring once, as `a.ts → b.ts → a.ts`. A part is a file, or what
 * `partOf` makes of it.
 */
export const findCycles = (files: readonly SourceFile[], partOf = (path: string): string => path): string[] => {
  const graph = graphOf(files, partOf);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (part: string, way: readonly string[]): void => {
    if (way.includes(part)) cycles.push([...way.slice(way.indexOf(part)), part].join(' → '));
    if (done.has(part) || way.includes(part)) return;
    for (const target of graph.get(part) ?? []) visit(target, [...way, part]);
    done.add(part);
  };
  for (const part of graph.keys()) visit(part, []);
  return cycles;
};

/** How many files each folder holds by itself. */
export const folderSizes = (files: readonly SourceFile[]): { readonly [folder: string]: number } => {
  const sizes: { [folder: string]: number } = {};
  for (const { path } of files) {
    const folder = path.split('/').slice(0, -1).join('/');
    sizes[folder] = (sizes[folder] ?? 0) + 1;
  }
  return sizes;
};
