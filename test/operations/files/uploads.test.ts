import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../../src/index.ts';
import recorded from './uploads.json' with { type: 'json' };

/**
 * What a Parse Server 9.10 said to each end of a name with each content type (`''`: none was sent), when a user uploaded: the end that
 * the file then had, `! x` for a refusal of the extension `x`, `?` for a content type that cannot be read. One entry stands for all types.
 */
const { types, rows } = recorded;

const APP = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
const fresh = () => createEmulator({ bcryptRounds: 4 });

const upload = (emulator: ReturnType<typeof fresh>, name: string, headers: Record<string, string>, body = 'hi') =>
  emulator.fetch(
    new Request(`http://localhost:1337/parse/files/${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { ...APP, ...headers },
      body: new TextEncoder().encode(body),
    }),
  );

const toEntry = async (answer: Response): Promise<string> => {
  const { name, error } = await answer.json();
  if (answer.status === 201) return name.replace(/^[0-9a-f]{32}_a/, '');
  return error === 'Invalid Content-Type.'
    ? '?'
    : error.replace(/^File upload of extension (.*) is disabled\.$/, '! $1');
};

describe('what a user may upload', () => {
  const emulator = fresh();
  const asUser = emulator.users.create({ username: 'ann' }).then(() => emulator.headersFor('ann'));

  it.each(Object.entries(rows))(
    'a name that ends in "%s" is kept or refused as the real one does',
    async (end, row) => {
      const headers = await asUser;
      const answers = types.map((type) =>
        upload(emulator, `a${end}`, { ...headers, ...(type && { 'Content-Type': type }) }),
      );
      const entries = await Promise.all((await Promise.all(answers)).map(toEntry));
      expect(entries).toEqual(row.includes('|') ? row.split('|') : types.map(() => row));
    },
  );
});

it('the master key uploads what it likes, and nothing of it becomes a page of this origin', async () => {
  const emulator = fresh();
  const master = { 'X-Parse-Master-Key': 'MASTER_KEY' };
  for (const [name, type] of [
    ['page.html', 'text/html'],
    ['page.', 'text/html'],
    ['picture.svg', 'image/svg+xml'],
    ['page.unknown', 'application/xhtml+xml'],
  ] as const) {
    const kept = await upload(emulator, name, { ...master, 'Content-Type': type }, '<b>harmless</b>');
    expect(kept.status).toBe(201);
    const { headers } = await emulator.fetch(new Request((await kept.json()).url));
    expect(headers.get('content-security-policy')).toBe('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});
