import { type ReactNode, useState } from 'react';
import type { OptionInForce } from '../../../src/client/index.ts';
import { useApplication } from '../../app/application.ts';
import { useConnection } from '../../app/host.ts';
import { showValue } from '../../fields/show-value.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { CodeBlock } from '../../kit/code-block.tsx';
import { ErrorNote, Note, Waiting } from '../../kit/notes.tsx';
import { Panel, Screen } from '../../kit/screen.tsx';
import { SearchField } from '../../kit/search-field.tsx';
import { Secret } from '../../kit/secret.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useClasses } from '../../lib/schemas.ts';
import { useLoad } from '../../lib/use-load.ts';
import { permissionsInWords } from '../objects/rights.ts';

const Value = ({ option }: { readonly option: OptionInForce }): ReactNode => {
  const connection = useConnection();
  const { name, value, isSecret } = option;
  if (value === undefined) return <span className="pue-muted">not set</span>;
  if (isSecret) {
    const reveal = async (): Promise<string> =>
      showValue((await connection.options({ secrets: true })).find((one) => one.name === name)?.value);
    return <Secret name={name} reveal={reveal} />;
  }
  if (typeof value === 'object' && value !== null)
    return <CodeBlock label={name} text={JSON.stringify(value, null, 2)} />;
  return <code className="pue-text">{String(value)}</code>;
};

const OptionsTab = (): ReactNode => {
  const connection = useConnection();
  const [search, setSearch] = useState('');
  const { value: options, error } = useLoad('options', () => connection.options());
  if (error !== undefined) return <ErrorNote error={error} />;
  if (!options) return <Waiting label="Loading options" />;
  const shown = options.filter(({ name, text }) => `${name} ${text}`.toLowerCase().includes(search.toLowerCase()));
  const given = shown.filter(({ from }) => from !== 'default');
  const rows = (list: readonly OptionInForce[]): ReactNode => (
    <ul className="pue-lines">
      {list.map((option) => (
        <li key={option.name} className="pue-option">
          <div>
            <code className="pue-cell-strong">{option.name}</code>{' '}
            <Badge tone={option.from === 'default' ? 'plain' : 'accent'}>{option.from}</Badge>
            <p className="pue-muted">{option.text}</p>
          </div>
          <Value option={option} />
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <div className="pue-tab-head">
        <SearchField label="Search options" value={search} onChange={setSearch} />
      </div>
      <Panel title="Given">
        {given.length === 0 ? <p className="pue-muted">None: all have their defaults.</p> : rows(given)}
      </Panel>
      <Panel title="By default">{rows(shown.filter(({ from }) => from === 'default'))}</Panel>
    </>
  );
};

const ClassesTab = (): ReactNode => {
  const { value: classes, error } = useClasses();
  if (error !== undefined) return <ErrorNote error={error} />;
  if (!classes) return <Waiting label="Loading classes" />;
  return (
    <div className="pue-columns">
      {classes.map((shape) => (
        <Panel key={shape.className} title={shape.className}>
          <ul className="pue-lines pue-lines-short">
            {Object.entries(shape.fields).map(([name, { type, targetClass, required }]) => (
              <li key={name} className="pue-line">
                <code className="pue-line-text pue-text">{name}</code>
                <span className="pue-muted">{targetClass ? `${type} to ${targetClass}` : type}</span>
                {required && <Badge>required</Badge>}
              </li>
            ))}
          </ul>
          <ul className="pue-words">
            {permissionsInWords(shape).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
};

const AppsTab = (): ReactNode => {
  const { appId, choose } = useApplication();
  const connection = useConnection();
  const [typed, setTyped] = useState('');
  const { value: about } = useLoad('about', () => connection.about());
  if (!about) return <Waiting />;
  const known = about.apps === 'any' ? [] : about.apps;
  return (
    <Panel title="Application ids">
      {about.apps !== 'any' && known.length === 0 && (
        <Note>There is one, {about.appId}. The option apps gives the emulator more, each with a state of its own.</Note>
      )}
      <ul className="pue-lines">
        {['', ...known].map((id) => (
          <li key={id} className="pue-line">
            <code className="pue-line-text pue-text">{id === '' ? "the emulator's own" : id}</code>
            {(appId ?? '') === id ? (
              <Badge tone="accent">shown</Badge>
            ) : (
              <Button onPress={() => choose(id === '' ? undefined : id)}>Show it</Button>
            )}
          </li>
        ))}
      </ul>
      {about.apps === 'any' && (
        <div className="pue-inline-form">
          <TextField label="Any application id" value={typed} onChange={setTyped} />
          <Button isDisabled={typed === ''} onPress={() => choose(typed)}>
            Show it
          </Button>
        </div>
      )}
    </Panel>
  );
};

/** The application: options in force, classes and permissions, application ids. */
export const ApplicationScreen = (): ReactNode => (
  <Screen title="Application">
    <Tabs
      label="Parts of the application"
      parts={[
        { id: 'options', label: 'Options', content: <OptionsTab /> },
        { id: 'classes', label: 'Classes and permissions', content: <ClassesTab /> },
        { id: 'apps', label: 'Application ids', content: <AppsTab /> },
      ]}
    />
  </Screen>
);
