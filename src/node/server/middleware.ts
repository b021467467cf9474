import type { Emulator } from '../../emulator.ts';
import { below, toTarget } from '../../http/wire/target.ts';
import { pathsOf } from '../../options/paths.ts';
import { createArrivals } from './bodies/arrivals.ts';
import { bodyLimitOf } from './bodies/body-limit.ts';
import type { AnyRequest } from './bodies/request-body.ts';
import { type AnyResponse, answerRequest } from './exchange.ts';

/** An `IncomingMessage` of Node's, in types that need none of Node's. */
export type NodeRequest = {
  /** The path, with what follows the question mark. */
  readonly url?: string | undefined;
  /** In upper case: `POST`. */
  readonly method?: string | undefined;
  /** By name in lower case. */
  readonly headers: { readonly [name: string]: string | string[] | undefined };
};

/** A `ServerResponse` of Node's, in types that need none of Node's. */
export type NodeResponse = {
  /** Whether somebody has begun to answer. */
  readonly headersSent: boolean;
};

/** What Connect, Express and Vite's dev server call for each request; `next` goes on to whoever comes after. */
export type Middleware = (request: NodeRequest, response: NodeResponse, next: () => void) => void;

/**
 * The emulator inside of another server of Node's, at its port: it answers `/graphql`, `/parse`, `/playground` (or what
 * the options name in their place) and `/emulator`, and leaves the rest to `next`. Put it before whatever reads the bodies of requests. Give the emulator `serverURL`, so that its
 * links lead there, and `playgroundAssets()` for its page.
 * @example
 * app.use(toMiddleware(createEmulator()));
 */
export const toMiddleware = (emulator: Emulator): Middleware => {
  const reading = { bodyLimit: bodyLimitOf(emulator), arrivals: createArrivals() };
  const { graphQL, rest, playground } = pathsOf(emulator.options);
  const mounts = [graphQL, rest, playground, '/emulator']; // everything else is for those who come after
  return (request, response, next) => {
    const { path } = toTarget(request.url ?? '/');
    if (mounts.some((mount) => below(mount, path) !== undefined)) {
      void answerRequest(request as AnyRequest, response as AnyResponse, reading, emulator.handle);
    } else next();
  };
};
