import { type PathOptions, pathsOf } from '../../options/paths.ts';
import type { HttpRequest } from './message.ts';
import { below, toTarget } from './target.ts';

/** Where the routes of the emulator know themselves to be, whatever the options call the places. */
const INNER = { rest: '/parse', graphQL: '/graphql', playground: '/playground' } as const;

/** What stands where it is, whatever the options say. */
const FIXED = ['/emulator', '/console'];

/** A path that no route is at, for one that would else be taken for a route's own. */
const NOWHERE = '/-';

/** Finds the place inside for a path outside. The longest place counts, since one may stand below another. */
const createFinder = (options: PathOptions): ((path: string) => string) => {
  const paths = pathsOf(options);
  const places = (['rest', 'graphQL', 'playground'] as const)
    .map((name) => ({ outside: paths[name], inside: INNER[name] }))
    .sort((one, other) => other.outside.length - one.outside.length);
  return (path) => {
    if (FIXED.some((place) => below(place, path) !== undefined)) return path;
    for (const { outside, inside } of places) {
      const rest = below(outside, path);
      if (rest !== undefined) return `${inside}${rest === '/' && !path.endsWith('/') ? '' : rest}`;
    }
    return Object.values(INNER).some((inside) => below(inside, path) !== undefined) ? `${NOWHERE}${path}` : path;
  };
};

const areUsual = (options: PathOptions): boolean => {
  const { rest, graphQL, playground } = pathsOf(options);
  return rest === INNER.rest && graphQL === INNER.graphQL && playground === INNER.playground;
};

/** Rewrites requests to the places that the routes know; `askedUrl` keeps what was asked for. Once is enough: twice changes nothing. */
export const createInnerPaths = (
  options: PathOptions,
): (<Head extends Omit<HttpRequest, 'body'>>(request: Head) => Head) => {
  if (areUsual(options)) return (request) => request;
  const find = createFinder(options);
  return (request) => {
    if (request.askedUrl !== undefined) return request;
    const { host, path, search } = toTarget(request.url);
    const origin = host === '' ? '' : `${request.url.slice(0, request.url.indexOf('//') + 2)}${host}`;
    return { ...request, url: `${origin}${find(path)}${search}`, askedUrl: request.url };
  };
};
