import type { BrowserContext, Request, Route } from '@playwright/test';
import { below } from '../../http/wire/target.ts';
import type { Application } from './application.ts';

const HEADER = 'x-parse-application-id';

/** JSON with another application id in it, at this member; undefined where it holds none that is to be changed. */
const withId = (text: string | null, member: string, { appId, ownId }: Application): string | undefined => {
  if (!text?.includes(`"${member}"`)) return undefined;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || Reflect.get(body, member) !== ownId) return undefined;
    return JSON.stringify({ ...body, [member]: appId });
  } catch {
    return undefined; // no JSON: a file, perhaps
  }
};

const toWorker = (route: Route, request: Request, application: Application): Promise<void> => {
  const headers = request.headers();
  const isOwn = headers[HEADER] === application.ownId;
  const postData = withId(request.postData(), '_ApplicationId', application); // where Parse's SDK has it
  if (!isOwn && postData === undefined) return route.fallback();
  return route.fallback({
    headers: isOwn ? { ...headers, [HEADER]: application.appId } : headers,
    ...(postData !== undefined && { postData }),
  });
};

/**
 * Leads the requests of a page to the application of its worker: the page names the emulator's own, and need not know better. Requests
 * that name another id are left as they are.
 */
export const leadRequests = async (context: BrowserContext, application: Application): Promise<void> => {
  if (application.appId === application.ownId) return;
  const mounts = [application.about.graphQLURL, application.about.serverURL].map((url) => new URL(url).pathname);
  const isEmulators = ({ pathname }: URL): boolean => mounts.some((mount) => below(mount, pathname) !== undefined);
  await context.route(isEmulators, (route, request) => toWorker(route, request, application));
  await context.routeWebSocket(isEmulators, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      const text = String(frame);
      server.send(withId(text, 'applicationId', application) ?? frame);
    });
  });
};
