import { pathsOf } from '../../options/paths.ts';
import type { EmulatorServer } from './serve.ts';

type Served = Pick<EmulatorServer, 'url' | 'emulator'>;

/** The line of `--json`: where a server that is ready answers, for a program. */
export const toReadyLine = ({ url, emulator: { options } }: Served): string => {
  const { graphQL, rest, playground } = pathsOf(options);
  return JSON.stringify({
    ready: true,
    url,
    graphQLURL: `${url}${graphQL}`,
    serverURL: `${url}${rest}`,
    playgroundURL: `${url}${playground}`,
    appId: options.appId,
    masterKey: options.masterKey,
    pid: process.pid,
  });
};

/** The same in the environment of a command. */
export const toEnvironment = ({ url, emulator: { options } }: Served): { readonly [name: string]: string } => ({
  PARSE_EMULATOR_URL: url,
  PARSE_GRAPHQL_URL: `${url}${pathsOf(options).graphQL}`,
  PARSE_SERVER_URL: `${url}${pathsOf(options).rest}`,
  PARSE_APPLICATION_ID: options.appId,
  PARSE_MASTER_KEY: options.masterKey,
});
