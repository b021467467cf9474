import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

/** Text in a fixed width, with a button that copies it. It scrolls by itself, and by the keyboard. */
export const CodeBlock = ({ label, text }: { readonly label: string; readonly text: string }): ReactNode => (
  <section className="pue-code-block" aria-label={label}>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
    <pre className="pue-code" tabIndex={0}>
      {text}
    </pre>
    <CopyButton text={text} label={`Copy ${label}`} isIconOnly />
  </section>
);
