import { type ReactNode, useState } from 'react';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Text } from 'react-aria-components/Text';
import { Button } from '../../kit/button.tsx';
import { Panel } from '../../kit/screen.tsx';
import { Switch } from '../../kit/switch.tsx';

type DropFileProps = { readonly onFile: (file: File, isWhole: boolean) => void };

/** Takes a file with fixtures or a whole state: dropped, or chosen. */
export const DropFile = ({ onFile }: DropFileProps): ReactNode => {
  const [isWhole, setWhole] = useState(false);
  const take = (file: File | undefined): void => {
    if (file) onFile(file, isWhole);
  };
  return (
    <Panel title="Load a file">
      <DropZone
        className="pue-drop"
        getDropOperation={() => 'copy'}
        onDrop={async ({ items }) => {
          const [item] = items;
          if (item?.kind === 'file') take(await item.getFile());
        }}
      >
        <Text slot="label">Drop a JSON file here: fixtures, an export of a Parse Dashboard, or a data file.</Text>
        <FileTrigger acceptedFileTypes={['application/json', '.json']} onSelect={(files) => take(files?.[0])}>
          <Button>Choose a file</Button>
        </FileTrigger>
      </DropZone>
      <Switch isOn={isWhole} onChange={setWhole}>
        Put it in place of what is there, and do not add it
      </Switch>
    </Panel>
  );
};
