import type { HttpRequest } from '../wire/message.ts';
import { toTarget } from '../wire/target.ts';

/** Links in mails and the addresses of files carry the application in their path. */
const IN_PATH = /^\/parse\/(?:apps|files)\/([^/]+)\/./i;

/** The SDKs for browsers put it into the body; control routes and the pages that links lead to, behind the question mark. */
const IN_BODY = /"_ApplicationId"\s*:\s*("(?:[^"\\]|\\.)*")/;
const IN_QUERY = /[?&]appId=([^&]*)/;
const HAS_QUERY = /^\/(?:emulator\/|parse\/apps\/[^/]+$)/i;

/** What `read` answers; undefined for text that it cannot read. */
const attempt = (read: () => unknown): string | undefined => {
  try {
    const value = read();
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
};

const fromPath = (url: string): string | undefined => {
  const { path, search } = toTarget(url);
  const named = IN_PATH.exec(path)?.[1] ?? (HAS_QUERY.test(path) ? IN_QUERY.exec(search)?.[1] : undefined);
  return named && attempt(() => decodeURIComponent(named));
};

/** Basic authentication has it for its user name. */
const fromBasic = (header: string | undefined): string | undefined =>
  header?.slice(0, 6).toLowerCase() === 'basic ' ? attempt(() => atob(header.slice(6)).split(':')[0]) : undefined;

const fromBody = (body: string | Uint8Array): string | undefined => {
  const [, quoted] = IN_BODY.exec(typeof body === 'string' ? body : new TextDecoder().decode(body)) ?? [];
  return quoted && attempt(() => JSON.parse(quoted));
};

/** The application that a request says it is for, by its path, its headers or its body; undefined when it names none. */
export const applicationIdOf = ({ url, headers, body }: HttpRequest): string | undefined =>
  fromPath(url) ?? headers['x-parse-application-id'] ?? fromBasic(headers['authorization']) ?? fromBody(body);
