import { gql, type TypedDocumentNode } from '@apollo/client';

export type Credentials = { readonly username: string; readonly password: string };

type Session = { readonly viewer: { readonly sessionToken: string } };

export const SIGN_UP: TypedDocumentNode<{ signUp: Session }, Credentials> = gql`
  mutation SignUp($username: String!, $password: String!) {
    signUp(input: { fields: { username: $username, password: $password } }) {
      viewer {
        sessionToken
      }
    }
  }
`;

export const LOG_IN: TypedDocumentNode<{ logIn: Session }, Credentials> = gql`
  mutation LogIn($username: String!, $password: String!) {
    logIn(input: { username: $username, password: $password }) {
      viewer {
        sessionToken
      }
    }
  }
`;

export const LOG_OUT: TypedDocumentNode<{ logOut: { ok: boolean } }> = gql`
  mutation LogOut {
    logOut(input: {}) {
      ok
    }
  }
`;

export const VIEWER: TypedDocumentNode<{ viewer: { user: { id: string; username: string } } }> = gql`
  query Viewer {
    viewer {
      user {
        id
        username
      }
    }
  }
`;
