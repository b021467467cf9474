import type { OutboxMail } from '../../src/index.ts';
import type { EmulatorOptions } from '../../src/options/table.ts';
import { type Answer, APP, type Client, createClient } from './rest-client.ts';

export { APP, as, MASTER } from './rest-client.ts';

type Headers = { readonly [name: string]: string };

/** What a page answers: where it leads to, or its heading. */
export type Page = { readonly status: number; readonly location: string | null; readonly heading: string | undefined };

/** Someone with an account, a mailbox and a browser. */
export type Accounts = Client & {
  readonly post: (path: string, body: object, headers?: Headers) => Promise<Answer>;
  readonly logIn: (username: string, password: string, more?: object) => Promise<Answer>;
  readonly newestMail: () => OutboxMail;
  readonly visit: (address: string) => Promise<Page>;
  readonly submit: (page: string, form: { readonly [name: string]: string }) => Promise<Page>;
  /** Asks for a link to reset and follows it. */
  readonly reset: (email: string, password: string) => Promise<Page>;
};

const toPage = async (response: Response): Promise<Page> => ({
  status: response.status,
  location: response.headers.get('location'),
  heading: /<h1>(.*)<\/h1>/.exec(await response.text())?.[1],
});

/** The one-time token of a link. */
export const tokenIn = ({ link }: OutboxMail): string => new URL(link).searchParams.get('token') ?? '';

/** Status, code and message of a refusal. */
export const refusal = ({ status, body }: Answer): readonly unknown[] => {
  const { code, error } = body as { readonly code?: unknown; readonly error?: unknown };
  return [status, code, error];
};

/** An emulator with quick passwords, and what one can do with an account. */
export const createAccounts = (options: EmulatorOptions = {}): Accounts => {
  const client = createClient(options);
  const { call, emulator } = client;
  const apps = `${emulator.options.publicServerURL ?? emulator.options.serverURL}/apps/APPLICATION_ID`;
  const post: Accounts['post'] = (path, body, headers = APP) => call('POST', path, body, headers);
  const newestMail = (): OutboxMail => {
    const mail = emulator.outbox.at(-1);
    if (!mail) throw new Error('The outbox is empty');
    return mail;
  };
  const submit: Accounts['submit'] = async (page, form) =>
    toPage(await emulator.fetch(new Request(`${apps}/${page}`, { method: 'POST', body: new URLSearchParams(form) })));
  return {
    ...client,
    post,
    logIn: (username, password, more = {}) => post('/login', { username, password, ...more }),
    newestMail,
    visit: async (address) => toPage(await emulator.fetch(new Request(address))),
    submit,
    reset: async (email, password) => {
      await post('/requestPasswordReset', { email });
      return submit('request_password_reset', { token: tokenIn(newestMail()), new_password: password });
    },
  };
};
