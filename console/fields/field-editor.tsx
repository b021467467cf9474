import type { ReactNode } from 'react';
import { Select } from '../kit/select.tsx';
import { TextField } from '../kit/text-field.tsx';
import type { FieldType } from '../lib/schemas.ts';
import { isJsonType, mistakeIn } from './drafts.ts';

type FieldEditorProps = {
  readonly name: string;
  readonly type: FieldType;
  readonly draft: string;
  readonly onChange: (draft: string) => void;
};

const YES_NO = [
  { value: 'none', label: 'not set' },
  { value: 'true', label: 'true' },
  { value: 'false', label: 'false' },
] as const;

/** What a field is, in a word. */
export const typeName = ({ type, targetClass }: FieldType): string =>
  targetClass ? `${type} to ${targetClass}` : type === 'Object' ? 'Object, as JSON' : type;

const linesOf = (type: FieldType, draft: string): number => {
  if (isJsonType(type)) return Math.min(10, Math.max(3, draft.split('\n', 12).length));
  return type.type === 'String' && (draft.length > 60 || draft.includes('\n')) ? 4 : 1;
};

/** Edits one field, by its type. */
export const FieldEditor = ({ name, type, draft, onChange }: FieldEditorProps): ReactNode => {
  if (type.type === 'Boolean') {
    const choose = (value: 'none' | 'true' | 'false'): void => onChange(value === 'none' ? '' : value);
    const chosen = draft === 'true' || draft === 'false' ? draft : 'none';
    return <Select label={`${name} (Boolean)`} choices={YES_NO} value={chosen} onChange={choose} />;
  }
  return (
    <TextField
      label={`${name} (${typeName(type)})`}
      value={draft}
      onChange={onChange}
      lines={linesOf(type, draft)}
      isCode={isJsonType(type)}
      error={mistakeIn(type, draft)}
    />
  );
};
