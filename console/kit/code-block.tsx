import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

type CodeBlockProps = {
  /** What it is, for the button that copies it. */
  readonly label: string;
  readonly text: string;
  /** What is shown in its place, without its secrets. */
  readonly shown?: string;
};

/** Text in a fixed width, with a button that copies it. It scrolls by itself, and by the keyboard. */
export const CodeBlock = ({ label, text, shown = text }: CodeBlockProps): ReactNode => (
  <section className="pue-code-block" aria-label={label}>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
    <pre className="pue-code" tabIndex={0}>
      {shown}
    </pre>
    <CopyButton text={text} label={`Copy ${label}`} isIconOnly />
  </section>
);
