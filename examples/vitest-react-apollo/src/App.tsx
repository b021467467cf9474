import { ServerError } from '@apollo/client';
import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, type JSX, useState } from 'react';
import { session } from './client.ts';
import { type Credentials, LOG_IN, LOG_OUT, SIGN_UP, VIEWER } from './operations.ts';

const Entrance = ({ onEntered }: { onEntered: () => void }): JSX.Element => {
  const [signUp] = useMutation(SIGN_UP);
  const [logIn] = useMutation(LOG_IN);
  const [problem, setProblem] = useState<string>();

  const enter = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const variables = Object.fromEntries(new FormData(event.currentTarget)) as Credentials;
    const isNew = submitter?.getAttribute('value') === 'sign up';
    setProblem(undefined);
    try {
      const { data } = isNew ? await signUp({ variables }) : await logIn({ variables });
      const { viewer } = data && 'signUp' in data ? data.signUp : (data?.logIn ?? {});
      if (viewer) session.begin(viewer.sessionToken);
      onEntered();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
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
      {problem && <p role="alert">{problem}</p>}
    </form>
  );
};

/** Whether the server knows the session no more: it says so with code 209, before it looks at GraphQL. No other error is a reason to log in again. */
const hasEnded = (error: Error): boolean => ServerError.is(error) && /"code":209\b/.test(error.bodyText);

const Home = ({ onLeft }: { onLeft: () => void }): JSX.Element => {
  const { data, error, refetch } = useQuery(VIEWER);
  const [logOut] = useMutation(LOG_OUT);
  const refresh = (): Promise<unknown> => refetch().catch(() => undefined); // `error` tells of it
  const leave = async (): Promise<void> => {
    await logOut().catch(() => undefined); // the session was over before
    session.end();
    onLeft();
  };
  if (error) {
    const isOver = hasEnded(error);
    return (
      <>
        <p role="alert">{isOver ? 'Your session is over.' : error.message}</p>
        <button type="button" onClick={isOver ? leave : refresh}>
          {isOver ? 'Log in again' : 'Try again'}
        </button>
      </>
    );
  }
  if (!data) return <p>…</p>;
  return (
    <>
      <h1>Welcome, {data.viewer.user.username}</h1>
      <button type="button" onClick={refresh}>
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
