import { type Context, createContext, use, useSyncExternalStore } from 'react';

/** What is shown: a screen, and the thing that is chosen in it. */
export type Route = {
  /** The name of the screen; empty: the first. */
  readonly screen: string;
  /** The parts of the path after it, decoded: an id, a class. */
  readonly rest: readonly string[];
};

/** Keeps what is shown. */
export interface Router {
  /** The path: `/users/abc`. */
  path(): string;
  /** Shows another. */
  go(path: string): void;
  /** Calls `listener` when the path has changed; returns how to stop. */
  subscribe(listener: () => void): () => void;
  /** What a link to a path has for its address. */
  href(path: string): string;
}

/** A path from its parts, which may be any text. */
export const toPath = (...parts: readonly string[]): string => `/${parts.map(encodeURIComponent).join('/')}`;

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** Reads a path. */
export const toRoute = (path: string): Route => {
  const [screen = '', ...rest] = path.split('/').slice(1).map(decode);
  return { screen, rest: rest.filter((part) => part !== '') };
};

/** Keeps the path in the address of the page, behind `#`. */
export const createHashRouter = (): Router => ({
  path: () => location.hash.slice(1) || '/',
  go: (path) => {
    location.hash = path;
  },
  subscribe(listener) {
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  },
  href: (path) => `#${path}`,
});

/** Keeps the path to itself: the address of the page belongs to somebody else. */
export const createMemoryRouter = (): Router => {
  let path = '/';
  const listeners = new Set<() => void>();
  return {
    path: () => path,
    go(next) {
      path = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    href: () => '#',
  };
};

/** The router of the console around. */
export const RouterContext: Context<Router> = createContext<Router>(createMemoryRouter());

/** What is shown. */
export const useRoute = (): Route => {
  const router = use(RouterContext);
  return toRoute(useSyncExternalStore(router.subscribe, router.path));
};

/** Shows another path. */
export const useGo = (): Router['go'] => use(RouterContext).go;
