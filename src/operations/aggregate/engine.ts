import { Aggregator } from 'mingo/aggregator';
import { evalExpr, Context as Operators } from 'mingo/core';
import { Lazy } from 'mingo/lazy';
import * as accumulator from 'mingo/operators/accumulator';
import * as expression from 'mingo/operators/expression';
import * as pipeline from 'mingo/operators/pipeline';
import * as projection from 'mingo/operators/projection';
import * as query from 'mingo/operators/query';
import * as window from 'mingo/operators/window';
import { resolve } from 'mingo/util';
import { EARTH_RADIUS, radiansBetween } from '../../parse/geo.ts';
import { isObject } from '../../parse/record.ts';
import { compilePattern } from '../../parse/regex/regex.ts';
import type { Random } from '../context.ts';
import type { Document, Value } from './documents.ts';

/** What a pipeline needs besides the documents that it begins with. `now` is in milliseconds since 1970. */
export type Surroundings = {
  readonly now: number;
  readonly random: Random;
  /** The documents of another class, for `$lookup` and its kin. */
  readonly documentsOf: (className: string) => readonly Document[];
};

type Table = { readonly [name: string]: unknown };

const without = (table: object, ...names: readonly string[]): Table =>
  Object.fromEntries(Object.entries(table).filter(([name]) => !names.includes(name)));

const PATTERN = '$pattern';

// The engine would make patterns of the runtime's own, which may take for ever, and look at its clock.
const prepare = (value: Value, now: number): Value => {
  if (Array.isArray(value)) return value.map((member: Value) => prepare(member, now));
  if (!isObject(value) || value instanceof Date) return value === '$$NOW' ? new Date(now) : value;
  const members: Document = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, prepare(inner, now)]),
  );
  if (typeof members['$regex'] !== 'string') return members;
  const { $regex: source, $options: options = '', ...rest } = members;
  return { ...rest, [PATTERN]: { source, options } };
};

/** The condition that takes the place of `$regex`: matches in bounded time. */
const matchesPattern = (path: string, { source, options }: Document): ((document: Document) => boolean) => {
  const { test } = compilePattern(String(source), String(options));
  return (document) =>
    [resolve(document, path, { unwrapArray: true })].flat(2).some((text) => typeof text === 'string' && test(text));
};

type Collection = { transform(to: (documents: Document[]) => ReturnType<typeof Lazy>): Collection };

const pick = (documents: readonly Document[], size: number, random: Random): Document[] => {
  const left = [...documents];
  const most = Math.min(size, left.length);
  return Array.from({ length: most }, () => left.splice(Number.parseInt(random.hex(8), 16) % left.length, 1)[0] ?? {});
};

const METRES = EARTH_RADIUS.kilometers * 1000;

type Near = { readonly point: { latitude: number; longitude: number }; readonly unit: number };

const nearOf = (near: unknown): Near => {
  const pair = isObject(near) && Array.isArray(near['coordinates']) ? near['coordinates'] : near;
  if (!Array.isArray(pair)) throw new Error('$geoNear requires a near point');
  const point = { latitude: Number(pair[1]), longitude: Number(pair[0]) };
  return { point, unit: pair === near ? 1 : METRES };
};

const isPlace = (value: Value): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'number');

// MongoDB's own looks in an index; here the field is the first that holds a place, unless `key` names it.
const geoNear = (
  documents: readonly Document[],
  asked: Document,
  matches: (document: Document) => boolean,
): Document[] => {
  const { point, unit } = nearOf(asked['near']);
  const [least, most] = [Number(asked['minDistance'] ?? 0), Number(asked['maxDistance'] ?? Number.POSITIVE_INFINITY)];
  const factor = Number(asked['distanceMultiplier'] ?? 1);
  const found = documents.filter(matches).flatMap((document) => {
    const key = asked['key'] === undefined ? undefined : String(asked['key']);
    const place = key === undefined ? Object.values(document).find(isPlace) : document[key];
    if (!isPlace(place)) return [];
    const distance = radiansBetween(point, { latitude: place[1], longitude: place[0] }) * unit;
    return distance >= least && distance <= most ? [{ document, distance: distance * factor }] : [];
  });
  return found
    .sort((one, other) => one.distance - other.distance)
    .map(({ document, distance }) => ({ ...document, [String(asked['distanceField'])]: distance }));
};

/** A part of a text, counted in bytes of UTF-8; the engine's own refuses -1, which means the rest. */
const substring = (...[document, given, options]: [unknown, unknown, never]): string => {
  const [value, start, count] = evalExpr(document, given, options) as readonly Value[];
  const text = value instanceof Date ? value.toISOString() : String(value ?? '');
  const [from, most] = [Number(start), Number(count)];
  const bytes = new TextEncoder().encode(text).subarray(from, most < 0 ? undefined : from + most);
  return from < 0 ? '' : new TextDecoder().decode(bytes);
};

const operatorsFor = (
  { random }: Surroundings,
  run: (stages: Document[], on: readonly Document[]) => Document[],
): Operators => {
  const ofStages: Table = {
    // What writes to collections is left out: the emulator keeps objects, and no documents.
    ...without(pipeline, '$out', '$merge'),
    $sample: (collection: Collection, { size }: { size: number }) =>
      collection.transform((documents) => Lazy(pick(documents, size, random))),
    $geoNear: (collection: Collection, asked: Document) =>
      collection.transform((documents) => {
        const matching = new Set(run([{ $match: asked['query'] ?? {} }], documents));
        return Lazy(geoNear(documents, asked, (document) => matching.has(document)));
      }),
  };
  const ofExpressions: Table = {
    // Patterns of the runtime's own may take for ever, and code is not run.
    ...without(expression, '$regexFind', '$regexFindAll', '$function', '$toHashedIndexKey'),
    $substr: substring,
    $substrBytes: substring,
    $rand: () => Number.parseInt(random.hex(8), 16) / 0x1_0000_0000,
    $regexMatch: (...[document, given, options]: [unknown, Document, never]) => {
      const { input, regex, options: flags } = evalExpr(document, given, options) as Document;
      if (input === null || input === undefined) return false;
      return compilePattern(String(regex), String(flags ?? '')).test(String(input));
    },
  };
  const tables: object = {
    accumulator: without(accumulator, '$accumulator'),
    expression: ofExpressions,
    pipeline: ofStages,
    projection,
    query: { ...without(query, '$where'), [PATTERN]: matchesPattern },
    window,
  };
  return Operators.init(tables);
};

/** Runs a pipeline over documents, which it does not change. Throws Error for what is not a pipeline of MongoDB's. */
export const runPipeline = (
  stages: readonly Document[],
  documents: readonly Document[],
  surroundings: Surroundings,
): Document[] => {
  const run = (some: readonly Document[], on: readonly Document[]): Document[] => {
    const options = {
      context: operatorsFor(surroundings, run),
      scriptEnabled: false,
      collectionResolver: (name: string) => [...surroundings.documentsOf(name)],
    };
    const prepared = some.map((stage) => prepare(stage, surroundings.now) as Record<string, unknown>);
    return new Aggregator(prepared, options).run([...on]) as Document[];
  };
  return run(stages, documents);
};

/** The stages that there are, by name. */
export const STAGES: ReadonlySet<string> = new Set(
  [...Object.keys(pipeline), '$geoNear'].filter((name) => name !== '$out' && name !== '$merge'),
);
