import type { Paths } from '../options/paths.ts';
import { UserError } from '../parse/user-error.ts';

/** The paths that MSW listens at, as `http.all` takes them. */
export type Addresses = { readonly graphql: string; readonly rest: string };

const refuse = (url: string, why: string, hint: string): Error =>
  new UserError(`Failed to create handlers for ${JSON.stringify(url)}: ${why}. ${hint}`);

const HINT =
  "Say the address of the GraphQL endpoint, such as 'http://localhost:1337/graphql', '/graphql' or '*/graphql'.";

const isAddress = (url: string): boolean => {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
};

const withoutSlashes = (url: string): string => {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
};

/**
 * The address as a request has it, to which MSW compares it: with the origin of the page, without a default port, the host in lower
 * case. MSW completes a path by itself where there is a document; MSW 2.7.0 does not where there is a location alone.
 */
const asRequested = (given: string): string => {
  const url = given.startsWith('/') && typeof location === 'object' ? `${location.origin}${given}` : given;
  const [origin] = /^https?:\/\/[^/]*/i.exec(url) ?? [];
  return origin === undefined ? url : new URL(origin).origin + url.slice(origin.length);
};

/** Where REST is: below what GraphQL is below, too. */
const beside = (url: string, { graphQL, rest }: Paths): string => {
  const isOwn = graphQL !== '' && url.toLowerCase().endsWith(graphQL.toLowerCase());
  return `${url.slice(0, isOwn ? -graphQL.length : url.lastIndexOf('/'))}${rest}`;
};

/**
 * The addresses of both protocols, from that of GraphQL. Throws for one that MSW would take and then never match: without a
 * scheme or a leading slash, with a query or a fragment, or with nothing behind the host.
 */
export const toAddresses = (url: string, paths: Paths): Addresses => {
  if (typeof url !== 'string' || url === '') throw refuse(String(url), 'it is not an address', HINT);
  if (/[?#]/.test(url))
    throw refuse(url, 'MSW does not look at what follows "?" or "#", and would match nothing', HINT);
  if (/\s/.test(url)) throw refuse(url, 'no address has white space in it', HINT);
  if (!/^(\/|\*\/)/.test(url) && !isAddress(url)) {
    throw refuse(url, 'MSW would take it for a path relative to nothing, and match nothing', HINT);
  }
  if (url.startsWith('/') && typeof location === 'undefined') {
    const hint = `Say '*${url}' for any origin, or the whole address.`;
    throw refuse(url, 'there is no page here whose origin it could be at, and MSW would match nothing', hint);
  }
  const graphql = withoutSlashes(asRequested(url));
  const path = /^https?:\/\/[^/]*$/i.test(graphql) || graphql === '' || graphql === '*' ? '' : graphql;
  if (path === '') throw refuse(url, 'it has no path', HINT);
  return { graphql, rest: beside(graphql, paths) };
};
