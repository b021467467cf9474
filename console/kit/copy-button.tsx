import { type ReactNode, useEffect, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { useTell } from './toasts.tsx';

type CopyButtonProps = {
  /** The text, or how to get it. */
  readonly text: string | (() => Promise<string>);
  readonly label?: string;
  readonly isIconOnly?: boolean;
  readonly look?: NonNullable<ButtonProps['look']>;
};

/** Copies a text, and says so for a moment. */
export const CopyButton = ({ text, label = 'Copy', isIconOnly = false, look }: CopyButtonProps): ReactNode => {
  const tell = useTell();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    const isDone = await tell.attempt(async () => {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
    });
    setCopied(isDone);
  };
  const icon = isCopied ? 'check' : 'copy';
  return isIconOnly ? (
    <Button look={look ?? 'quiet'} icon={icon} aria-label={isCopied ? 'Copied' : label} onPress={copy} />
  ) : (
    <Button look={look ?? 'plain'} icon={icon} onPress={copy}>
      {isCopied ? 'Copied' : label}
    </Button>
  );
};
