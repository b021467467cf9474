import { Button, useEditorContext } from '@graphiql/react';
import type { ReactNode } from 'react';
import { type HeadersByName, toEditorText, toUserHeaders } from './headers.ts';
import type { Session } from './session.ts';

/** Who acts, and who could. */
export type Acting = {
  /** A session that the last answers told of, and that the headers do not use yet. */
  readonly offered: Session | undefined;
  /** Whether the headers hold a session token. */
  readonly isUser: boolean;
};

type SessionBarProps = {
  readonly headers: HeadersByName;
  readonly acting: Acting;
  readonly onChange: (acting: Acting) => void;
};

/** Below the answer: puts a session token that came with it into the headers, and the page's own keys back. */
export const SessionBar = ({ headers, acting, onChange }: SessionBarProps): ReactNode => {
  const { headerEditor } = useEditorContext({ nonNull: true });
  const { offered, isUser } = acting;
  if (!offered && !isUser) return null;
  const actAs = ({ sessionToken }: Session): void => {
    headerEditor?.setValue(toEditorText(toUserHeaders(headers, sessionToken)));
    onChange({ offered: undefined, isUser: true });
  };
  const goBack = (): void => {
    headerEditor?.setValue(toEditorText(headers));
    onChange({ offered, isUser: false });
  };
  return (
    <div className="session-bar">
      <span>{offered ? 'The answer holds a session token.' : 'The headers hold a session token.'}</span>
      {offered && <Button onClick={() => actAs(offered)}>Act as {offered.username ?? 'this user'}</Button>}
      {isUser && <Button onClick={goBack}>Reset the headers</Button>}
    </div>
  );
};
