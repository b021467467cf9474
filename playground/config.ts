import type { PlaygroundConfig } from '../src/http/routes/playground.ts';

/** What the emulator wrote into the page. */
export const readConfig = (): PlaygroundConfig => {
  const text = document.getElementById('config')?.textContent;
  if (!text) throw new Error('Failed to start the playground: the page has no config. Open /playground of an emulator');
  return JSON.parse(text);
};
