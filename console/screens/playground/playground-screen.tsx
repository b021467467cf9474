import graphiqlStyle from 'graphiql/style.css?inline';
import { type ReactNode, use, useState } from 'react';
import { Playground } from '../../../playground/playground.tsx';
import ownStyle from '../../../playground/style.css?inline';
import type { Connection } from '../../../src/client/index.ts';
import type { PlaygroundConfig } from '../../../src/http/routes/playground.ts';
import { useConnection, useHost } from '../../app/host.ts';
import { ThemeContext } from '../../app/use-theme.ts';
import { ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Screen } from '../../kit/screen.tsx';
import { useLoad } from '../../lib/use-load.ts';
import { addStyle } from '../../style/styles.ts';

let isStyled = false;

const addPlaygroundStyle = (): void => {
  if (isStyled) return;
  isStyled = true;
  addStyle(`${graphiqlStyle}\n${ownStyle}`.replace(/@font-face\s*\{[^{}]*\}/g, ''));
};

const readConfig = async (connection: Connection): Promise<PlaygroundConfig> => {
  const [about, headers, options] = await Promise.all([
    connection.about(),
    connection.headersFor(),
    connection.options({ secrets: true }),
  ]);
  const masterKey = options.find(({ name }) => name === 'masterKey')?.value;
  return {
    appName: about.appName,
    graphQLPath: new URL(about.graphQLURL).pathname,
    headers: { ...headers, ...(typeof masterKey === 'string' && { 'X-Parse-Master-Key': masterKey }) },
  };
};

/** GraphiQL, with the emulator's keys in its headers. */
export const PlaygroundScreen = (): ReactNode => {
  const connection = useConnection();
  const { fetch } = useHost();
  const theme = use(ThemeContext);
  useState(addPlaygroundStyle);
  const { value: config, error } = useLoad('playground', () => readConfig(connection));
  return (
    <Screen title="Playground" isFull>
      {error !== undefined && <ErrorNote error={error} />}
      {!config && error === undefined && <Waiting />}
      {config && (
        <div className="pue-playground">
          <Playground config={config} ask={fetch} theme={theme} />
        </div>
      )}
    </Screen>
  );
};
