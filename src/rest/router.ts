import type { Named, RestRoute } from './message.ts';

/** A route and what its path's names stand for. */
export type Match = { readonly route: RestRoute; readonly named: Named };

/** Finds the route for a method and a path; undefined when there is none. */
export type Router = (method: string, path: string) => Match | undefined;

const NO_NAMES: Named = { className: '', objectId: '', name: '' };

/** Parse Server's router takes `//users`, `/users/` and `/Users` for `/users`. */
const segmentsOf = (path: string): string[] => path.replace(/^\/+/, '').replace(/\/$/, '').split('/');

/** `*name` stands for the whole rest of a path. */
const isRest = (segment: string | undefined): boolean => segment?.startsWith('*') === true;

const isName = (segment: string): boolean => segment.startsWith(':') || isRest(segment);

/** The segments, of which the rest is one where the pattern ends in such. */
const gather = (pattern: readonly string[], segments: readonly string[]): readonly string[] =>
  isRest(pattern.at(-1)) && segments.length > pattern.length
    ? [...segments.slice(0, pattern.length - 1), segments.slice(pattern.length - 1).join('/')]
    : segments;

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new URIError(`Failed to decode param '${segment}'`);
  }
};

const fits = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.every((expected, place) =>
    isName(expected) ? segments[place] !== '' : expected === segments[place]?.toLowerCase(),
  );

const namesIn = (pattern: readonly string[], segments: readonly string[]): Named => {
  const found = pattern.flatMap((name, place) =>
    isName(name) ? [[name.slice(1), decode(segments[place] ?? '')]] : [],
  );
  return { ...NO_NAMES, ...Object.fromEntries(found) };
};

/** A router for the rows of a table. Rows without names come before rows with names, whatever their order. */
export const createRouter = (routes: readonly RestRoute[]): Router => {
  const fixed = new Map<string, Match>();
  const patterns: { readonly route: RestRoute; readonly pattern: readonly string[] }[] = [];
  for (const route of routes) {
    const pattern = segmentsOf(route.path).map((segment) => (isName(segment) ? segment : segment.toLowerCase()));
    if (pattern.some(isName)) patterns.push({ route, pattern });
    else fixed.set(`${route.method} ${pattern.join('/')}`, { route, named: NO_NAMES });
  }
  return (method, path) => {
    const segments = segmentsOf(path);
    const match = fixed.get(`${method} ${segments.join('/').toLowerCase()}`);
    if (match) return match;
    for (const { route, pattern } of patterns) {
      if (route.method !== method) continue;
      const gathered = gather(pattern, segments);
      if (pattern.length === gathered.length && fits(pattern, gathered))
        return { route, named: namesIn(pattern, gathered) };
    }
    return undefined;
  };
};
