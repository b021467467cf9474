import { type Context, createContext, useEffect, useState, useSyncExternalStore } from 'react';
import { recall, remember } from '../lib/storage.ts';

/** How the console looks. */
export type Theme = 'light' | 'dark';

/** The theme of the console around. */
export const ThemeContext: Context<Theme> = createContext<Theme>('light');

const DARK = '(prefers-color-scheme: dark)';

const followSystem = (listener: () => void): (() => void) => {
  const media = matchMedia(DARK);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
};

/** The theme: the system's, until a person chooses. */
export const useTheme = (): { readonly theme: Theme; toggle(): void } => {
  const isDark = useSyncExternalStore(followSystem, () => matchMedia(DARK).matches);
  const [chosen, setChosen] = useState(() => recall('theme'));
  const theme: Theme = chosen === 'light' || chosen === 'dark' ? chosen : isDark ? 'dark' : 'light';
  useEffect(() => remember('theme', chosen), [chosen]);
  return { theme, toggle: () => setChosen(theme === 'dark' ? 'light' : 'dark') };
};
