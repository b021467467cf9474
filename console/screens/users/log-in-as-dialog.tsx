import { type ReactNode, useState } from 'react';
import type { About, Connection } from '../../../src/client/index.ts';
import { useConnection, useHost } from '../../app/host.ts';
import { Button } from '../../kit/button.tsx';
import { CodeBlock } from '../../kit/code-block.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../kit/dialog.tsx';
import { ErrorNote, Waiting } from '../../kit/notes.tsx';
import { Secret } from '../../kit/secret.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { toCurl } from '../../lib/curl.ts';
import { recall, remember } from '../../lib/storage.ts';
import { useLoad } from '../../lib/use-load.ts';

type Opened = { readonly token: string; readonly headers: { readonly [name: string]: string }; readonly about: About };

const open = async (connection: Connection, username: string): Promise<Opened> => {
  const [headers, about] = await Promise.all([connection.headersFor(username), connection.about()]);
  return { headers, about, token: headers['X-Parse-Session-Token'] ?? '' };
};

const VIEWER = JSON.stringify({ query: '{ viewer { user { username } } }' });

const curlOf = ({ headers, about }: Opened): string =>
  toCurl(about.graphQLURL, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: VIEWER,
  });

const apolloOf = ({ headers, about }: Opened): string =>
  `new HttpLink({\n  uri: ${JSON.stringify(about.graphQLURL)},\n  headers: ${JSON.stringify(headers, null, 2).replaceAll('\n', '\n  ')},\n})`;

const hide = (text: string, token: string): string => text.replaceAll(token, 'r:••••••••');

/** The address with the session in it, behind `#`, where no server sees it; undefined for text that is no address. */
const linkTo = (address: string, token: string): string | undefined => {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.hash = `sessionToken=${encodeURIComponent(token)}`;
  return url.href;
};

const LinkPart = ({ token }: { readonly token: string }): ReactNode => {
  const [address, setAddress] = useState(() => recall('address') ?? 'http://localhost:5173/');
  const link = linkTo(address, token);
  const change = (text: string): void => {
    setAddress(text);
    remember('address', text);
  };
  return (
    <>
      <TextField
        label="Address of your application"
        value={address}
        onChange={change}
        description="The link ends in #sessionToken=…, which your application reads at its start."
        error={link ? undefined : 'This is not an address that begins with http:// or https://.'}
      />
      {link && (
        <div className="pue-actions">
          <a className="pue-button pue-button-plain" href={link} target="_blank" rel="noopener">
            Open it
          </a>
          <CopyButton label="Copy the link" text={link} />
        </div>
      )}
    </>
  );
};

type LogInAsDialogProps = { readonly username: string; readonly onClose: () => void };

/** Opens a session of a user without a password, and hands it over: token, link, headers. */
export const LogInAsDialog = ({ username, onClose }: LogInAsDialogProps): ReactNode => {
  const connection = useConnection();
  const { logInHere } = useHost();
  const tell = useTell();
  const [opening] = useState(() => open(connection, username));
  const { value, error } = useLoad(`log in as ${username}`, () => opening);
  return (
    <Dialog title={`Log in as ${username.slice(0, 60)}`} onClose={onClose} isWide>
      <DialogBody>
        {error !== undefined && <ErrorNote error={error} />}
        {!value && error === undefined && <Waiting label="Opening a session" />}
        {value && (
          <>
            <p>A session is open. It ends like any other: by time, by logging out, or under “Sessions”.</p>
            <div>
              <span className="pue-label">Session token</span>{' '}
              <Secret name="session token" reveal={async () => value.token} />
            </div>
            {logInHere && (
              <Button
                look="primary"
                onPress={() => tell.attempt(() => logInHere(username), `This page is logged in as ${username}.`)}
              >
                Log this page in
              </Button>
            )}
            <LinkPart token={value.token} />
            <h3 className="pue-title-small">Headers for curl</h3>
            <CodeBlock label="the command" text={curlOf(value)} shown={hide(curlOf(value), value.token)} />
            <h3 className="pue-title-small">Headers for Apollo</h3>
            <CodeBlock label="the Apollo link" text={apolloOf(value)} shown={hide(apolloOf(value), value.token)} />
          </>
        )}
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>Close</Button>
      </DialogFoot>
    </Dialog>
  );
};
