import type { EmulatorServer } from './serve.ts';

type Served = Pick<EmulatorServer, 'url' | 'emulator'>;

/** The line of `--json`: where a server that is ready answers, for a program. */
export const toReadyLine = ({ url, emulator: { options } }: Served): string =>
  JSON.stringify({
    ready: true,
    url,
    graphQLURL: `${url}/graphql`,
    serverURL: `${url}/parse`,
    playgroundURL: `${url}/playground`,
    appId: options.appId,
    masterKey: options.masterKey,
    pid: process.pid,
  });

/** The same in the environment of a command. */
export const toEnvironment = ({ url, emulator: { options } }: Served): { readonly [name: string]: string } => ({
  PARSE_EMULATOR_URL: url,
  PARSE_GRAPHQL_URL: `${url}/graphql`,
  PARSE_SERVER_URL: `${url}/parse`,
  PARSE_APPLICATION_ID: options.appId,
  PARSE_MASTER_KEY: options.masterKey,
});
