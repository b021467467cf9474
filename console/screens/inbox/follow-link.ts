import type { ConsoleHost } from '../../app/host.ts';

/** A page that a link leads to: what it says, and the form in it. */
export type LinkedPage = { readonly text: string; readonly form: LinkedForm | undefined };

/** A form that asks for a new password. */
export type LinkedForm = { readonly action: string; readonly fields: { readonly [name: string]: string } };

const MOST_STEPS = 5;

const follow = async (
  host: ConsoleHost,
  address: string,
  init?: RequestInit,
): Promise<{ url: string; html: string }> => {
  let url = address;
  let response = await host.fetch(url, { ...init, redirect: 'manual' });
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || !next) break;
    url = new URL(next, url).href;
    response = await host.fetch(url, { redirect: 'manual' });
  }
  return { url, html: await response.text() };
};

const toPage = ({ url, html }: { url: string; html: string }): LinkedPage => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const form = page.querySelector('form');
  for (const part of page.querySelectorAll('script, style')) part.remove();
  const named = [...(form?.querySelectorAll('input') ?? [])].filter(
    ({ name, type }) => name !== '' && type === 'hidden',
  );
  return {
    text: (page.body.textContent ?? '').replace(/\s+/g, ' ').trim(),
    form: form?.querySelector('input[type=password]')
      ? {
          action: new URL(form.getAttribute('action') ?? '', url).href,
          fields: Object.fromEntries(named.map(({ name, value }) => [name, value])),
        }
      : undefined,
  };
};

/** Follows a link of a mail to an emulator that no browser can go to, since it is in this page. */
export const followLink = async (host: ConsoleHost, link: string): Promise<LinkedPage> =>
  toPage(await follow(host, link));

/** Sends a form that asks for a new password. */
export const sendPassword = async (host: ConsoleHost, form: LinkedForm, password: string): Promise<LinkedPage> => {
  const body = new URLSearchParams({ ...form.fields, new_password: password }).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return toPage(await follow(host, form.action, { method: 'POST', headers, body }));
};
