import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { useTell } from './toasts.tsx';

type SecretProps = {
  /** What it is: `session token`. */
  readonly name: string;
  /** Gets it, when somebody asks. */
  readonly reveal: () => Promise<string>;
};

/** Something that is shown to who asks for it, and copied without being shown. */
export const Secret = ({ name, reveal }: SecretProps): ReactNode => {
  const tell = useTell();
  const [shown, setShown] = useState<string>();
  const show = (): Promise<boolean> => tell.attempt(async () => setShown(await reveal()));
  return (
    <span className="pue-secret">
      <code className="pue-secret-text">{shown ?? '••••••••••••'}</code>
      {shown === undefined ? (
        <Button look="quiet" icon="eye" aria-label={`Show the ${name}`} onPress={show} />
      ) : (
        <Button look="quiet" icon="eyeOff" aria-label={`Hide the ${name}`} onPress={() => setShown(undefined)} />
      )}
      <CopyButton isIconOnly label={`Copy the ${name}`} text={reveal} />
    </span>
  );
};
