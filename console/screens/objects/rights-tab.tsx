import { type ReactNode, useState } from 'react';
import type { Connection, JsonObject } from '../../../src/client/index.ts';
import { isObject } from '../../../src/parse/record.ts';
import { useConnection } from '../../app/host.ts';
import { fromDraft, mistakeIn, toDraft } from '../../fields/drafts.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Combo } from '../../kit/combo.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useTell } from '../../kit/toasts.tsx';
import { askRest, restPathOf } from '../../lib/rest.ts';
import type { ClassShape } from '../../lib/schemas.ts';
import { useLoad } from '../../lib/use-load.ts';
import { type Names, rightsInWords } from './rights.ts';

type RightsTabProps = { readonly shape: ClassShape; readonly object: JsonObject; readonly onSaved: () => void };

const NOBODY = '\u0000nobody';

/** The names of users that rights speak of, and of some others to try with. */
const readNames = async (connection: Connection): Promise<Names> => {
  const { results } = await connection.objects({ order: 'username', limit: 500 });
  return Object.fromEntries(
    results.flatMap(({ objectId, username }) => (typeof username === 'string' ? [[String(objectId), username]] : [])),
  );
};

const Trial = ({ shape, object, names }: RightsTabProps & { readonly names: Names }): ReactNode => {
  const connection = useConnection();
  const [who, setWho] = useState(NOBODY);
  const path = restPathOf(shape.className, String(object['objectId']));
  const as = who === NOBODY ? null : who;
  const ask = async (): Promise<string | undefined> => {
    const { status, body } = await connection.rest({ method: 'GET', path, as });
    return status < 400 ? undefined : String(isObject(body) ? body['error'] : status);
  };
  const key = `${path} ${who} ${JSON.stringify(object['ACL'])} ${JSON.stringify(shape.permissions)}`;
  const { value } = useLoad(key, async () => ({ refusal: await ask() }), 'change state');
  const choices = [
    { value: NOBODY, label: 'nobody who is logged in' },
    ...Object.values(names).map((name) => ({ value: name, label: name })),
  ];
  return (
    <div className="pue-stack">
      <Combo label="Try it as" choices={choices} value={who} onChange={setWho} />
      {value && (
        <div>
          {value.refusal === undefined ? (
            <Badge tone="good">can read it</Badge>
          ) : (
            <Badge tone="bad">cannot read it</Badge>
          )}
          {value.refusal !== undefined && <span className="pue-muted"> {value.refusal}</span>}
        </div>
      )}
    </div>
  );
};

const ACL_TYPE = { type: 'ACL' };

const AclEditor = ({ shape, object, onSaved }: RightsTabProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const stored = toDraft(ACL_TYPE, object['ACL']);
  const [draft, setDraft] = useState(stored);
  const mistake = mistakeIn(ACL_TYPE, draft);
  const save = async (): Promise<void> => {
    const ACL = fromDraft(ACL_TYPE, draft) ?? { __op: 'Delete' };
    const path = restPathOf(shape.className, String(object['objectId']));
    const work = (): Promise<unknown> => askRest(connection, { method: 'PUT', path, body: { ACL } });
    if (await tell.attempt(work, 'The rights are saved.', async () => void (await connection.history.undo())))
      onSaved();
  };
  return (
    <>
      <TextField label="ACL, as JSON" value={draft} onChange={setDraft} lines={6} isCode error={mistake} />
      <div className="pue-actions">
        <Button onPress={save} isDisabled={draft === stored || mistake !== undefined}>
          Save the rights
        </Button>
      </div>
    </>
  );
};

/** Who can read and change an object, and why; tried as somebody, and changed. */
export const RightsTab = (props: RightsTabProps): ReactNode => {
  const { shape, object } = props;
  const connection = useConnection();
  const { value: names = {} } = useLoad('names', () => readNames(connection));
  const words = (right: 'read' | 'write'): ReactNode => (
    <ul className="pue-words">
      {rightsInWords(shape, object, right, names).map((sentence) => (
        <li key={sentence} className="pue-text">
          {sentence}
        </li>
      ))}
    </ul>
  );
  return (
    <div className="pue-stack">
      <h3 className="pue-title-small">Who can read this, and why</h3>
      {words('read')}
      <h3 className="pue-title-small">Who can change it</h3>
      {words('write')}
      <Trial {...props} names={names} key={Object.keys(names).length} />
      <AclEditor {...props} />
    </div>
  );
};
