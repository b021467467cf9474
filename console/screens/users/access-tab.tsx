import type { ReactNode } from 'react';
import type { Connection } from '../../../src/client/index.ts';
import { isObject } from '../../../src/parse/record.ts';
import { useConnection } from '../../app/host.ts';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Facts } from '../../kit/facts.tsx';
import { ErrorNote, Note } from '../../kit/notes.tsx';
import { Secret } from '../../kit/secret.tsx';
import { askRest, resultsOf } from '../../lib/rest.ts';
import { useEverySecond } from '../../lib/use-every-second.ts';
import { useLatest } from '../../lib/use-latest.ts';
import { useLoad } from '../../lib/use-load.ts';
import type { UserState } from './read-user.ts';

const rolesOf = async (connection: Connection, userId: string): Promise<readonly string[]> => {
  const users = { __type: 'Pointer', className: '_User', objectId: userId };
  const query = { where: JSON.stringify({ users }), limit: '1000' };
  const answer = await askRest(connection, { method: 'GET', path: '/roles', query });
  return resultsOf(answer).map(({ name }) => String(name));
};

const Roles = ({ userId }: { readonly userId: string }): ReactNode => {
  const connection = useConnection();
  const { value: roles, error } = useLoad(`roles ${userId}`, () => rolesOf(connection, userId), 'change state');
  if (error !== undefined) return <ErrorNote error={error} />;
  if (!roles) return null;
  if (roles.length === 0) return <Note>The user is in no role. Roles are objects of the class _Role.</Note>;
  return (
    <ul className="pue-badges">
      {roles.map((name) => (
        <li key={name} className="pue-badge pue-badge-accent">
          {name}
        </li>
      ))}
    </ul>
  );
};

const Code = ({ username }: { readonly username: string }): ReactNode => {
  const connection = useConnection();
  const beat = useEverySecond();
  const { value } = useLoad(`code ${username} ${beat}`, () => connection.mfaCode(username), 'clock');
  const last = useLatest(value);
  return (
    <span className="pue-mfa">
      <code className="pue-mfa-code">{last?.code ?? '······'}</code>
      {last && <span className="pue-muted">for {last.seconds} s</span>}
      <CopyButton
        isIconOnly
        label="Copy the current code"
        text={async () => (await connection.mfaCode(username)).code}
      />
    </span>
  );
};

/** The roles of a user, the providers that it is linked to, and its second factor. */
export const AccessTab = ({ state }: { readonly state: UserState }): ReactNode => {
  const { user, record, providers } = state;
  const { authData } = record;
  const username = user['username'];
  const linked = providers.filter((name) => name !== 'mfa');
  const mfa = isObject(authData) ? authData['mfa'] : undefined;
  const hasCode = isObject(mfa) && typeof mfa['secret'] === 'string' && typeof username === 'string';
  const show = (name: string) => async (): Promise<string> =>
    JSON.stringify(isObject(authData) ? authData[name] : null, null, 2);
  return (
    <div className="pue-stack">
      <h3 className="pue-title-small">Roles</h3>
      <Roles userId={String(user['objectId'])} />
      <h3 className="pue-title-small">Linked providers</h3>
      {linked.length === 0 ? (
        <Note>None. A client links one by authData at sign-up, at log-in or later.</Note>
      ) : (
        <Facts
          facts={linked.map((name) => ({ name, value: <Secret name={`data of ${name}`} reveal={show(name)} /> }))}
        />
      )}
      <h3 className="pue-title-small">Second factor</h3>
      {mfa === undefined && <Note>None. A client sets one up by authData.mfa, where the option auth names mfa.</Note>}
      {hasCode && <Code username={username} />}
      {mfa !== undefined && <Secret name="data of the second factor" reveal={show('mfa')} />}
    </div>
  );
};
