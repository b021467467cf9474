import type { Terminal } from '../terminal.ts';

const WIDTH = 24;

/** A bar that a person watches: `████░░░░ 1,234 of 5,678 Todo`. */
export interface ProgressBar {
  show(done: number, of: number, what: string): void;
  /** Takes it away. */
  end(): void;
}

/** Text of a bar. */
const toBar = (done: number, of: number, what: string): string => {
  const full = of === 0 ? WIDTH : Math.min(WIDTH, Math.floor((done / of) * WIDTH));
  const format = (number: number): string => number.toLocaleString('en-US');
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${format(done)} of ${format(of)} ${what}`;
};

/** A bar where there is a person to see it; each step of it is written once. */
export const createProgressBar = ({ redraw }: Terminal): ProgressBar => {
  let shown = '';
  return {
    show(done, of, what) {
      const text = toBar(done, of, what);
      if (text !== shown) redraw?.(text);
      shown = text;
    },
    end() {
      if (shown !== '') redraw?.('');
      shown = '';
    },
  };
};
