import { beforeEach, describe, expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../../src/index.ts';

const KEYS = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Master-Key': 'MASTER_KEY' };
const CREATE = 'mutation ($upload: Upload!) { createFile(input: { upload: $upload }) { fileInfo { name url } } }';

let emulator: Emulator;

beforeEach(() => {
  emulator = createEmulator({ bcryptRounds: 4 });
});

/** A request as apollo-upload-client and its kin send files. */
const upload = async (file: File, query = CREATE, variables: object = { upload: null }, path = 'variables.upload') => {
  const form = new FormData();
  form.set('operations', JSON.stringify({ query, variables }));
  form.set('map', JSON.stringify({ 0: [path] }));
  form.set('0', file);
  const response = await emulator.fetch(
    new Request('http://localhost:1337/graphql', { method: 'POST', headers: KEYS, body: form }),
  );
  return (await response.json()) as {
    data: { createFile: { fileInfo: { name: string; url: string } } };
    errors?: { message: string; extensions: { code: number } }[];
  };
};

const fetchFile = (url: string): Promise<Response> => emulator.fetch(new Request(url));

describe('createFile', () => {
  it('keeps a small file and serves it where its address says', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 256);
    const { data } = await upload(new File([bytes], 'photo.png', { type: 'image/png' }));
    const { name, url } = data.createFile.fileInfo;
    expect(name).toMatch(/^[0-9a-f]{32}_photo\.png$/);
    expect(url).toBe(`http://localhost:1337/parse/files/APPLICATION_ID/${name}`);
    const response = await fetchFile(url);
    expect(response.headers.get('content-type')).toMatch(/^image\/png/);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  it('gives two files of one name two addresses', async () => {
    const one = await upload(new File(['1'], 'a.txt'));
    const other = await upload(new File(['2'], 'a.txt'));
    expect(one.data.createFile.fileInfo.url).not.toBe(other.data.createFile.fileInfo.url);
    expect(await (await fetchFile(one.data.createFile.fileInfo.url)).text()).toBe('1');
  });

  // as the real one does: what a form says of a file without a type is application/octet-stream
  it.each([
    ['a.txt', '', 'a.txt.bin'],
    ['photo.jpeg', 'image/jpeg', 'photo.jpeg.jpg'],
    ['photo.jpg', 'image/jpeg', 'photo.jpg'],
    ['page.html', 'text/plain', 'page.html.txt'],
    ['notes', 'text/plain', 'notes.txt'],
    ['a.txt', 'x/y', 'a.txt.null'],
    ['a.png', 'image', 'a.png.txt'],
  ])('names %s of type "%s" %s', async (name, type, kept) => {
    const { data } = await upload(new File(['1'], name, { type }));
    expect(data.createFile.fileInfo.name.replace(/^[0-9a-f]{32}_/, '')).toBe(kept);
  });

  it('keeps files in snapshots', async () => {
    const { data } = await upload(new File(['kept'], 'a.txt', { type: 'text/plain' }));
    const copy = createEmulator();
    await copy.restore(emulator.snapshot());
    expect(await (await copy.fetch(new Request(data.createFile.fileInfo.url))).text()).toBe('kept');
  });

  it.each([
    ['an empty file', new File([], 'a.txt')],
    ['a name with signs in it', new File(['x'], 'a*b.txt')],
    ['a long name', new File(['x'], `${'a'.repeat(200)}.txt`)],
  ])('answers for %s as Parse Server does: with a file that has no name', async (_, file) => {
    const { data, errors } = await upload(file);
    expect(data.createFile).toBeNull();
    expect(errors?.[0]?.message).toBe('Cannot return null for non-nullable field FileInfo.name.');
    expect(emulator.snapshot()['_File']).toBeUndefined();
  });

  it('refuses what is no file', async () => {
    const response = await emulator.fetch(
      new Request('http://localhost:1337/graphql', {
        method: 'POST',
        headers: { ...KEYS, 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: CREATE, variables: { upload: 'text' } }),
      }),
    );
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).toContain('Upload value invalid.');
  });

  it('puts a file into a field along with the object', async () => {
    await emulator.seed({ schemas: [{ className: 'Note', fields: { paper: { type: 'File' } } }] });
    const query =
      'mutation ($fields: CreateNoteFieldsInput) { createNote(input: { fields: $fields }) { note { paper { name url } } } }';
    const { data } = (await upload(
      new File(['x'], 'a.txt', { type: 'text/plain' }),
      query,
      { fields: { paper: { upload: null } } },
      'variables.fields.paper.upload',
    )) as unknown as {
      data: { createNote: { note: { paper: { name: string; url: string } } } };
    };
    expect(data.createNote.note.paper.name).toMatch(/_a\.txt$/);
    expect(await (await fetchFile(data.createNote.note.paper.url)).text()).toBe('x');
  });
});

it('a file that is not there is a 404', async () => {
  expect((await fetchFile('http://localhost:1337/parse/files/APPLICATION_ID/nothing.txt')).status).toBe(404);
});
