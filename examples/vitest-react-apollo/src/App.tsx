import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, type JSX, useState } from 'react';
import { session } from './client.ts';
import { type Credentials, LOG_IN, LOG_OUT, SIGN_UP, VIEWER } from './operations.ts';

const Entrance = ({ onEntered }: { onEntered: () => void }): JSX.Element => {
  const [signUp, signingUp] = useMutation(SIGN_UP);
  const [logIn, loggingIn] = useMutation(LOG_IN);
  const error = signingUp.error ?? loggingIn.error;

  const enter = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const variables = Object.fromEntries(new FormData(event.currentTarget)) as Credentials;
    const isNew = submitter?.getAttribute('value') === 'sign up';
    try {
      const { data } = isNew ? await signUp({ variables }) : await logIn({ variables });
      const { viewer } = data && 'signUp' in data ? data.signUp : (data?.logIn ?? {});
      if (viewer) session.begin(viewer.sessionToken);
      onEntered();
    } catch {
      // shown below
    }
  };

  return (
    <form onSubmit={enter}>
      <input name="username" placeholder="Name" required />
      <input name="password" placeholder="Password" type="password" required />
      <button type="submit" value="sign up">
        Sign up
      </button>
      <button type="submit" value="log in">
        Log in
      </button>
      {error && <p role="alert">{error.message}</p>}
    </form>
  );
};

const Home = ({ onLeft }: { onLeft: () => void }): JSX.Element => {
  const { data, error, refetch } = useQuery(VIEWER);
  const [logOut] = useMutation(LOG_OUT);
  const leave = async (): Promise<void> => {
    await logOut().catch(() => undefined); // the session was over before
    session.end();
    onLeft();
  };
  if (error) {
    return (
      <>
        <p role="alert">Please log in again.</p>
        <button type="button" onClick={leave}>
          Log in again
        </button>
      </>
    );
  }
  if (!data) return <p>…</p>;
  return (
    <>
      <h1>Welcome, {data.viewer.user.username}</h1>
      <button type="button" onClick={() => refetch().catch(() => undefined)}>
        Refresh
      </button>
      <button type="button" onClick={leave}>
        Log out
      </button>
    </>
  );
};

export const App = (): JSX.Element => {
  const [isIn, setIsIn] = useState(session.get() !== null);
  const client = useApolloClient();
  const turn = async (goesIn: boolean): Promise<void> => {
    await client.clearStore();
    setIsIn(goesIn);
  };
  return isIn ? <Home onLeft={() => turn(false)} /> : <Entrance onEntered={() => turn(true)} />;
};
