import { badAnswer, toRemoteError } from './failures.ts';

/** What is asked of a server elsewhere. */
export type Asked = {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
};

/** What it answers, whole. */
export type Answered = { readonly status: number; readonly headers: Headers; readonly text: string };

/** How long an answer may take, in milliseconds. */
const PATIENCE = 60_000;

/** The largest answer that is read, in characters: a page of rows is well below it. */
const LARGEST = 256 * 1024 * 1024;

const MOST_REDIRECTS = 5;

const readText = async (response: Response, url: string): Promise<string> => {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of response.body) {
    text += decoder.decode(part, { stream: true });
    if (text.length > LARGEST) throw badAnswer(url, 'the answer has no end');
  }
  return text + decoder.decode();
};

/** Where a redirect leads, which must be the same server: what is sent along is not for others. */
const follow = (url: string, response: Response): string => {
  const location = response.headers.get('location');
  if (!location || !URL.canParse(location, url)) throw badAnswer(url, 'it redirects, and does not say where to');
  const next = new URL(location, url);
  if (next.origin === new URL(url).origin) return next.href;
  throw badAnswer(
    url,
    `it redirects to ${next.origin}${next.pathname}. Keys are not sent on: say that address if it is the right one`,
  );
};

/**
 * Asks a server elsewhere. Redirects are followed where they stay with the same server and change nothing. Rejects with one message when
 * there is no whole answer.
 */
export const exchange = async ({ method, url, headers, body }: Asked, signal?: AbortSignal): Promise<Answered> => {
  let at = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    try {
      const patience = AbortSignal.timeout(PATIENCE);
      const response = await fetch(at, {
        method,
        headers,
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
        ...(body !== undefined && { body }),
      });
      const isRedirect = [301, 302, 307, 308].includes(response.status);
      if (!isRedirect || (method !== 'GET' && response.status < 307)) {
        return { status: response.status, headers: response.headers, text: await readText(response, at) };
      }
      await response.body?.cancel();
      at = follow(at, response);
    } catch (error) {
      throw toRemoteError(at, error);
    }
  }
  throw badAnswer(url, 'it redirects without an end');
};
