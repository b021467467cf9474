import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findChromium, inBrowser } from '../support/browser.ts';
import { isReady, SIGN_UP, send, useKeptSite } from './kept-site.ts';

const VIEWER = '{ viewer { user { username } } }';

const viewer = (username: string): unknown => ({ data: { viewer: { user: { username } } } });

describe.skipIf(!findChromium())(inBrowser('a page that keeps its users in the browser'), () => {
  const { open } = useKeptSite();

  const signUp = async (page: Page, username: string): Promise<void> => {
    const { data } = await send(page, SIGN_UP(username));
    const { sessionToken = '' } = data?.signUp?.viewer ?? {};
    await page.evaluate((token) => sessionStorage.setItem('sessionToken', token), sessionToken);
  };

  it('has its users and sessions after a reload', async () => {
    const page = await open();
    await signUp(page, 'johndoe');
    await page.reload();
    await isReady(page);
    expect(await send(page, VIEWER)).toEqual(viewer('johndoe'));
  });

  it('refuses what there is no room for, and goes on when there is', async () => {
    const page = await open();
    await signUp(page, 'johndoe');
    await page.evaluate(() => {
      for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
        try {
          for (let n = 0; ; n += 1) localStorage.setItem(`ballast ${size} ${n}`, 'x'.repeat(size));
        } catch {
          // the next one is smaller
        }
      }
    });
    const refused = await send(page, SIGN_UP('janedoe'));
    expect(refused.errors?.[0]?.message).toBe('Internal server error');
    expect(await send(page, VIEWER)).toEqual(viewer('johndoe'));
    await page.evaluate(() => {
      for (const key of Object.keys(localStorage)) if (key.startsWith('ballast')) localStorage.removeItem(key);
    });
    await signUp(page, 'janedoe');
    await page.reload();
    await isReady(page);
    expect(await send(page, VIEWER)).toEqual(viewer('janedoe'));
  });

  it('knows who has signed up in another page of the same origin', async () => {
    const [one, other] = [await open(), await open()];
    await signUp(one, 'johndoe');
    const token = await one.evaluate(() => sessionStorage.getItem('sessionToken') ?? '');
    await other.evaluate((text) => sessionStorage.setItem('sessionToken', text), token);
    await expect.poll(() => send(other, VIEWER), { timeout: 4000 }).toEqual(viewer('johndoe'));
  });
});
