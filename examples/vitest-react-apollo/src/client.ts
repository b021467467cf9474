import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';

const KEY = 'sessionToken';

/** The session, kept over reloads. */
export const session = {
  get: (): string | null => localStorage.getItem(KEY),
  begin: (token: string): void => localStorage.setItem(KEY, token),
  end: (): void => localStorage.removeItem(KEY),
};

const withSession = new ApolloLink((operation, forward) => {
  const token = session.get();
  operation.setContext({
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', ...(token && { 'X-Parse-Session-Token': token }) },
  });
  return forward(operation);
});

export const createClient = (): ApolloClient =>
  new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.from([withSession, new HttpLink({ uri: 'https://api.example.com/graphql' })]),
  });
