import type { Frame, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findChromium, inBrowser } from '../support/browser.ts';
import { isReady, SIGN_UP, send, useKeptSite } from './kept-site.ts';

const ROUNDS = 12;

// Away from HTTPS and localhost a page has neither service workers, so that it asks the emulator itself, nor locks.
const PLACES = [
  { place: 'here', script: new URL('reload-page.ts', import.meta.url), host: '127.0.0.1' },
  { place: 'by plain HTTP', script: new URL('plain-page.ts', import.meta.url), host: 'demo.test' },
];

describe.skipIf(!findChromium()).each(PLACES)(inBrowser('two pages $place that keep their users together'), (site) => {
  const { open, url } = useKeptSite(site);

  it('have locks here only', async () => {
    const page = await open();
    expect(await page.evaluate(() => 'locks' in navigator)).toBe(site.host === '127.0.0.1');
  });

  const twoTabs = async (): Promise<readonly [Page, Page]> => [await open(), await open()];

  /** A page and a frame in it, which run in one process and hear of each other later than they write. */
  const twoFrames = async (): Promise<readonly [Page, Frame]> => {
    const page = await open();
    await page.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
    }, url());
    await expect.poll(() => page.frames().length).toBe(2);
    const frame = page.frames()[1] as Frame;
    await isReady(frame);
    return [page, frame];
  };

  it.each([
    ['tabs', twoTabs],
    ['frames', twoFrames],
  ])('give a name once, and lose nobody whom they acknowledged: %s', { timeout: 120_000 }, async (_, openTwo) => {
    const pages: readonly (Page | Frame)[] = await openTwo();
    const tokens = new Map<string, string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const asked = pages.flatMap((page, at) => [`both${round}`, `own${round}-${at}`].map((name) => ({ page, name })));
      const answers = await Promise.all(asked.map(({ page, name }) => send(page, SIGN_UP(name))));
      const codes: (number | undefined)[] = [];
      for (const [at, { data, errors }] of answers.entries()) {
        const { name = '' } = asked[at] ?? {};
        if (name.startsWith('both')) codes.push(errors?.[0]?.extensions.code);
        else expect(errors).toBeUndefined();
        const token = data?.signUp?.viewer.sessionToken;
        if (token !== undefined) tokens.set(name, token);
      }
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect(codes).toContain(202);
    }
    expect(tokens.size).toBe(ROUNDS * 3);

    const again = await open(); // what is stored can be loaded, with everybody in it who was told so, and logged in
    for (const page of [...pages, again]) {
      for (const [username, token] of tokens) {
        const { data } = await send(page, '{ viewer { user { username } } }', token);
        expect(data).toEqual({ viewer: { user: { username } } });
      }
    }
  });
});
