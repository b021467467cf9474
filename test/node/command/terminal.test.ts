import { afterEach, describe, expect, it, vi } from 'vitest';
import { processTerminal } from '../../../src/node/command/terminal.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The text as it is printed where standard output is a terminal or not. */
const printedTo = (isTerminal: boolean, environment: { readonly [name: string]: string | undefined }): string => {
  vi.stubEnv('NO_COLOR', undefined);
  vi.stubEnv('FORCE_COLOR', undefined);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { isTTY, hasColors } = process.stdout;
  Object.assign(process.stdout, { isTTY: isTerminal, hasColors: () => true });
  try {
    return processTerminal().strong?.('x') ?? 'x';
  } finally {
    Object.assign(process.stdout, { isTTY, hasColors });
  }
};

const STRONG = '\u001b[1mx\u001b[22m';

describe('what stands out does so', () => {
  it.each([
    ['in a terminal', true, {}, STRONG],
    ['nowhere else', false, {}, 'x'],
    ['not with NO_COLOR', true, { NO_COLOR: '1' }, 'x'],
    ['with NO_COLOR that is empty', true, { NO_COLOR: '' }, STRONG],
    ['in a pipe with FORCE_COLOR', false, { FORCE_COLOR: '1' }, STRONG],
    ['not with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, 'x'],
  ])('%s', (_where, isTerminal, environment, expected) => {
    expect(printedTo(isTerminal, environment)).toBe(expected);
  });
});
