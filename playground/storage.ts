import type { GraphiQLProps } from 'graphiql';

type PlaygroundStorage = NonNullable<GraphiQLProps['storage']>;

type Tab = { readonly [part in 'query' | 'variables' | 'headers']?: string | null };

const readActiveTab = (storage: PlaygroundStorage): Tab | undefined => {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem('graphiql:tabState') ?? '{}');
    return tabs?.[activeTabIndex];
  } catch {
    return undefined; // GraphiQL begins anew
  }
};

/**
 * GraphiQL keeps the texts of its editors beside its tabs, loses the headers among them while it starts, and then takes the
 * rest for a new tab. The tabs know better.
 */
const restoreEditors = (storage: PlaygroundStorage): void => {
  const tab = readActiveTab(storage);
  if (!tab) return;
  for (const part of ['query', 'variables', 'headers'] as const) {
    const text = tab[part];
    if (text) storage.setItem(`graphiql:${part}`, text);
    else storage.removeItem(`graphiql:${part}`);
  }
};

/**
 * The browser's storage for the keys of one emulator. Tabs remember the headers they were run with, which would be refused by
 * an emulator that was started again on the same port with other keys.
 */
export const createStorage = (keys: object): PlaygroundStorage => {
  const prefix = `${JSON.stringify(keys)} `;
  const names = (): string[] => Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  const storage: PlaygroundStorage = {
    get length() {
      return names().length;
    },
    getItem: (name) => localStorage.getItem(prefix + name),
    setItem: (name, value) => localStorage.setItem(prefix + name, value),
    removeItem: (name) => localStorage.removeItem(prefix + name),
    clear() {
      for (const name of names()) localStorage.removeItem(name);
    },
  };
  restoreEditors(storage);
  return storage;
};
