import { GraphiQL } from 'graphiql';
import { type ReactNode, useMemo, useState } from 'react';
import type { PlaygroundConfig } from '../src/http/routes/playground.ts';
import { type Ask, createFetcher, SCHEMA_QUERY } from './fetcher.ts';
import { sessionTokenOf, toEditorText } from './headers.ts';
import { findSession } from './session.ts';
import { type Acting, SessionBar } from './session-bar.tsx';
import { createStorage } from './storage.ts';

/** The first example of the Users chapter of Parse's GraphQL guide, with a name that the demo leaves free. */
const SIGN_UP = `mutation signUp {
  signUp(
    input: {
      fields: {
        username: "janedoe"
        password: "ASuperStrongPassword"
        email: "jane.doe@email.com"
      }
    }
  ) {
    viewer {
      sessionToken
      user {
        username
        email
      }
    }
  }
}
`;

type PlaygroundProps = {
  readonly config: PlaygroundConfig;
  /** Asks the emulator. @default the platform's `fetch` */
  readonly ask?: Ask;
  /** How it looks. @default as a person chooses in it */
  readonly theme?: 'light' | 'dark';
};

/** GraphiQL with the emulator's keys in its headers. */
export const Playground = ({ config, ask, theme }: PlaygroundProps): ReactNode => {
  const [acting, setActing] = useState<Acting>({ offered: undefined, isUser: false });
  const storage = useMemo(() => createStorage(config.headers), [config]);
  const fetcher = useMemo(
    () =>
      createFetcher(
        config,
        (answer, headers) => {
          const found = findSession(answer);
          const used = sessionTokenOf(headers);
          setActing({ offered: found?.sessionToken === used ? undefined : found, isUser: used !== undefined });
        },
        ask,
      ),
    [config, ask],
  );
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      introspectionQueryName={SCHEMA_QUERY}
      defaultQuery={SIGN_UP}
      defaultHeaders={toEditorText(config.headers)}
      defaultEditorToolsVisibility="headers"
      shouldPersistHeaders
      {...(theme && { forcedTheme: theme })}
    >
      <GraphiQL.Logo>{config.appName}</GraphiQL.Logo>
      <GraphiQL.Footer>
        <SessionBar headers={config.headers} acting={acting} onChange={setActing} />
      </GraphiQL.Footer>
    </GraphiQL>
  );
};
