import type { Json, JsonObject } from '../../../src/index.ts';
import { type Answer, Normaliser } from './normaliser.ts';

/** A real server or an emulator, as the script of requests sees it. */
export interface Server {
  readonly origin: string;
  fetch(request: Request): Promise<Response>;
  /** The mail that was sent so far, the oldest first. */
  mail(): Promise<readonly { readonly kind: string; readonly to: string; readonly link: string }[]>;
}

/** Who asks: a session token, the master key, or nobody. */
export type Asker = { readonly token: string } | 'master' | 'nobody';

/** A request by its parts; a `body` that is no text is sent as JSON. */
export interface Asked {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: Json | undefined;
  /** Sends the body as it is, and names no type of it. */
  readonly raw?: string;
}

/** What an answer's body has at a path of keys, or nothing. */
export const at = (body: Json | undefined, ...keys: readonly string[]): string => {
  let found: Json | undefined = body;
  for (const key of keys) found = (found as JsonObject | null | undefined)?.[key];
  return typeof found === 'string' ? found : '';
};

const APPLICATION = { 'X-Parse-Application-Id': 'APPLICATION_ID' };

const toHeaders = (asker: Asker): { readonly [name: string]: string } => {
  if (asker === 'nobody') return APPLICATION;
  if (asker === 'master') return { ...APPLICATION, 'X-Parse-Master-Key': 'MASTER_KEY' };
  return { ...APPLICATION, 'X-Parse-Session-Token': asker.token };
};

const parse = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Asks a server one request after the other and writes down the normalised answers by the requests' names. */
export class Asking {
  readonly normaliser: Normaliser;
  readonly #taken = new Map<string, () => Answer>();
  readonly #server: Server;
  readonly #chapter: string;

  constructor(server: Server, chapter: string) {
    this.#server = server;
    this.#chapter = chapter;
    this.normaliser = new Normaliser(server.origin);
  }

  /** The answers by the requests' names, with all people whom the script has met by then. */
  get answers(): ReadonlyMap<string, Answer> {
    return new Map([...this.#taken].map(([name, read]) => [`${this.#chapter}/${name}`, read()]));
  }

  /** Where the server is. */
  get origin(): string {
    return this.#server.origin;
  }

  /** Asks and writes the answer down; returns its body as it came. */
  async ask(name: string, path: string, asker: Asker = 'nobody', asked: Asked = {}): Promise<Json> {
    const { response, body } = await this.#send(path, toHeaders(asker), asked);
    this.#taken.set(name, () => this.normaliser.answer(response, body));
    return body;
  }

  /** Asks with these headers alone. */
  async askBare(name: string, path: string, asked: Asked = {}): Promise<void> {
    const { response, body } = await this.#send(path, {}, asked);
    this.#taken.set(name, () => this.normaliser.answer(response, body));
  }

  /** Asks and writes nothing down: what the script needs on its way. */
  async quietly(path: string, asker: Asker = 'nobody', asked: Asked = {}): Promise<Json> {
    return (await this.#send(path, toHeaders(asker), asked)).body;
  }

  /** A GraphQL request; returns the body as it came. */
  graphql(name: string, query: string, variables?: JsonObject, asker: Asker = 'nobody'): Promise<Json> {
    return this.ask(name, '/graphql', asker, { body: { query, ...(variables && { variables }) } });
  }

  /** The mails of this kind so far, written down by their links; returns the links as they came. */
  async mails(name: string, kind: string, withAddresses = false): Promise<readonly string[]> {
    const mails = (await this.#server.mail()).filter((mail) => mail.kind === kind);
    const links = mails.map(({ link }) => link);
    const to = mails.map((mail) => mail.to);
    const count = links.length;
    this.#taken.set(name, () => ({
      count,
      links: links.map((link) => this.normaliser.text(link)),
      ...(withAddresses && { to }),
    }));
    return links;
  }

  async #send(
    path: string,
    headers: { readonly [name: string]: string },
    { method, headers: more, body, raw }: Asked,
  ): Promise<{ readonly response: Response; readonly body: Json }> {
    const sent = raw ?? (typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
    const type = raw === undefined && body !== undefined ? { 'Content-Type': 'application/json' } : {};
    const request = new Request(path.startsWith('http') ? path : this.origin + path, {
      method: method ?? (sent === undefined ? 'GET' : 'POST'),
      headers: { ...headers, ...type, ...more },
      redirect: 'manual',
      ...(sent !== undefined && { body: sent }),
    });
    const response = await this.#server.fetch(request);
    return { response, body: parse(await response.text()) };
  }
}
