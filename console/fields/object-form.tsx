import { type ReactNode, useState } from 'react';
import type { Json, JsonObject } from '../../src/client/index.ts';
import { useConnection } from '../app/host.ts';
import { Button } from '../kit/button.tsx';
import { useTell } from '../kit/toasts.tsx';
import { askRest, restPathOf } from '../lib/rest.ts';
import type { ClassShape, FieldType } from '../lib/schemas.ts';
import { fromDraft, mistakeIn, toDraft } from './drafts.ts';
import { FieldEditor } from './field-editor.tsx';

type Drafts = { readonly [name: string]: string };

/** Fields that Parse writes by itself, or that other parts of the console write. */
const NOT_EDITED = new Set(['objectId', 'createdAt', 'updatedAt', 'password', 'authData', 'sessionToken', 'ACL']);

/** The fields of a class that a person edits, by name and type. */
export const editedFields = ({ fields }: ClassShape): readonly (readonly [string, FieldType])[] =>
  Object.entries(fields).filter(([name, { type }]) => !NOT_EDITED.has(name) && type !== 'Relation');

type Changes = { readonly [name: string]: Json };

const changesOf = (shape: ClassShape, drafts: Drafts): Changes => {
  const changes = editedFields(shape).flatMap(([name, type]): [string, Json][] => {
    const draft = drafts[name];
    return draft === undefined ? [] : [[name, fromDraft(type, draft) ?? { __op: 'Delete' }]];
  });
  return Object.fromEntries(changes);
};

type ObjectFormProps = { readonly shape: ClassShape; readonly object: JsonObject; readonly onSaved: () => void };

/** Edits every field of an object that a person may edit, each by its type, and saves what has changed. */
export const ObjectForm = ({ shape, object, onSaved }: ObjectFormProps): ReactNode => {
  const connection = useConnection();
  const tell = useTell();
  const [drafts, setDrafts] = useState<Drafts>({});
  const fields = editedFields(shape);
  const isWrong = fields.some(([name, type]) => mistakeIn(type, drafts[name] ?? '') !== undefined);
  const hasChanged = Object.keys(drafts).length > 0;

  const edit = (name: string, type: FieldType, draft: string): void => {
    const { [name]: _, ...others } = drafts;
    setDrafts(draft === toDraft(type, object[name]) ? others : { ...others, [name]: draft });
  };
  const save = async (): Promise<void> => {
    const path = restPathOf(shape.className, String(object['objectId']));
    const work = (): Promise<unknown> => askRest(connection, { method: 'PUT', path, body: changesOf(shape, drafts) });
    const undo = async (): Promise<void> => void (await connection.history.undo());
    if (!(await tell.attempt(work, 'Saved.', undo))) return;
    setDrafts({});
    onSaved();
  };
  return (
    <div className="pue-form">
      {fields.map(([name, type]) => (
        <FieldEditor
          key={name}
          name={name}
          type={type}
          draft={drafts[name] ?? toDraft(type, object[name])}
          onChange={(draft) => edit(name, type, draft)}
        />
      ))}
      <div className="pue-actions">
        <Button look="primary" onPress={save} isDisabled={!hasChanged || isWrong}>
          Save
        </Button>
        {hasChanged && <Button onPress={() => setDrafts({})}>Discard</Button>}
      </div>
    </div>
  );
};
