import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField';
import { Icon } from './icon.tsx';

type SearchFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** A field to search with; Escape empties it. */
export const SearchField = ({ label, value, onChange }: SearchFieldProps): ReactNode => (
  <AriaSearchField aria-label={label} className="pue-search" value={value} onChange={onChange}>
    <Icon name="search" size={16} />
    <Input className="pue-input pue-search-input" placeholder={label} />
    <Button className="pue-search-clear">
      <Icon name="close" size={14} />
    </Button>
  </AriaSearchField>
);
