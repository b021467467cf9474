import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Emulator } from '../emulator.ts';
import { below, toTarget } from '../http/target.ts';
import { bodyLimitOf } from './body-limit.ts';
import { answerRequest } from './exchange.ts';

/** What Connect, Express and Vite's dev server call for each request; `next` goes on to whoever comes after. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** What is the emulator's; everything else is for those who come after. */
const MOUNTS = ['/graphql', '/parse', '/playground', '/emulator'];

/**
 * The emulator inside of another server of Node's, at its port: it answers `/graphql`, `/parse`, `/playground` and `/emulator`, and
 * leaves the rest to `next`. Put it before whatever reads the bodies of requests. Give the emulator `serverURL`, so that its
 * links lead there, and `playgroundAssets()` for its page.
 */
export const toMiddleware = (emulator: Emulator): Middleware => {
  const bodyLimit = bodyLimitOf(emulator);
  return (request, response, next) => {
    const { path } = toTarget(request.url ?? '/');
    if (MOUNTS.some((mount) => below(mount, path) !== undefined)) {
      void answerRequest(request, response, bodyLimit, emulator.handle);
    } else next();
  };
};
