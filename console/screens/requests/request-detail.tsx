import { type ReactNode, useState } from 'react';
import type { LoggedRequest } from '../../../src/client/index.ts';
import { useConnection } from '../../app/host.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { CodeBlock } from '../../kit/code-block.tsx';
import { Facts } from '../../kit/facts.tsx';
import { Menu } from '../../kit/menu.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { formatMoment } from '../../lib/format.ts';
import { toCurlCommand, toFault, toMswOverride, toVitestTest } from './copy-as.ts';
import { ReplayDialog } from './replay-dialog.tsx';
import { askerOf, documentOf, pathOf, showJson } from './words.ts';

const CopyAs = ({ request }: { readonly request: LoggedRequest }): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const copy = (text: () => string | Promise<string>, what: string) => () =>
    void tell.attempt(async () => navigator.clipboard.writeText(await text()), `Copied as ${what}.`);
  const curl = async (): Promise<string> => {
    const [original, { serverURL }] = await Promise.all([connection.originalRequest(request.id), connection.about()]);
    return toCurlCommand(original, new URL(serverURL).origin);
  };
  return (
    <Menu
      label="Copy as"
      icon="copy"
      entries={[
        { id: 'curl', label: 'curl, with its keys and tokens', onAction: copy(curl, 'curl') },
        { id: 'vitest', label: 'Vitest test', onAction: copy(() => toVitestTest(request), 'a test') },
        { id: 'msw', label: 'MSW override', onAction: copy(() => toMswOverride(request), 'an override') },
        { id: 'fault', label: 'Fault', onAction: copy(() => toFault(request), 'a fault') },
      ]}
    />
  );
};

const Refusal = ({ request }: { readonly request: LoggedRequest }): ReactNode => {
  const { cause, hint } = request;
  if (cause === undefined) return null;
  return (
    <div className="pue-note pue-note-cause">
      <p>
        <strong>{cause}</strong>
        {hint !== undefined && <span className="pue-note-hint">{hint}</span>}
      </p>
    </div>
  );
};

/** One request: what was asked, what was answered, why, and what to do with it. */
export const RequestDetail = ({ request, onClose }: { request: LoggedRequest; onClose: () => void }): ReactNode => {
  const [isReplaying, setReplaying] = useState(false);
  const { operation, status, code, at, method, url, variables, body, answer, milliseconds, headers } = request;
  const document = documentOf(request);
  return (
    <aside className="pue-detail" aria-label="Request">
      <header className="pue-detail-head">
        <h2 className="pue-detail-title">{operation.slice(0, 200)}</h2>
        <Button look="quiet" icon="close" aria-label="Close the request" onPress={onClose} />
      </header>
      <div className="pue-detail-body pue-stack">
        <div className="pue-actions">
          <CopyAs request={request} />
          <Button icon="replay" onPress={() => setReplaying(true)}>
            Replay as …
          </Button>
        </div>
        <Refusal request={request} />
        <Facts
          facts={[
            { name: 'Asked', value: `${method} ${pathOf(url).slice(0, 300)}` },
            {
              name: 'Answered',
              value: (
                <span className="pue-badges">
                  <Badge>{status || 'connection broken'}</Badge>
                  {code !== undefined && <Badge tone="warn">code {String(code)}</Badge>}
                </span>
              ),
            },
            { name: 'Who', value: askerOf(request) },
            { name: 'When', value: `${formatMoment(at)}, took ${Math.round(milliseconds)} ms` },
          ]}
        />
        {document !== undefined && <CodeBlock label="the document" text={document} />}
        {variables !== undefined && <CodeBlock label="the variables" text={showJson(variables)} />}
        {document === undefined && body !== undefined && <CodeBlock label="the body" text={showJson(body)} />}
        <h3 className="pue-title-small">Answer</h3>
        <CodeBlock label="the answer" text={answer === undefined ? '(no JSON)' : showJson(answer)} />
        <h3 className="pue-title-small">Headers</h3>
        <CodeBlock label="the headers" text={showJson(headers)} />
      </div>
      {isReplaying && <ReplayDialog request={request} onClose={() => setReplaying(false)} />}
    </aside>
  );
};
