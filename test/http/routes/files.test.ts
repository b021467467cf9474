import { expect, it } from 'vitest';
import { createEmulator } from '../../../src/index.ts';

it('a file that is uploaded over GraphQL is served at its address', async () => {
  await using emulator = createEmulator();
  const form = new FormData();
  const query = 'mutation Keep($upload: Upload!) { createFile(input: { upload: $upload }) { fileInfo { name url } } }';
  form.set('operations', JSON.stringify({ query, variables: { upload: null } }));
  form.set('map', JSON.stringify({ 0: ['variables.upload'] }));
  form.set('0', new Blob([new Uint8Array([0, 1, 13, 10, 45, 45, 255])], { type: 'image/png' }), 'photo.png');
  const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'X-Parse-Master-Key': 'MASTER_KEY' };
  const answer = await emulator.fetch(
    new Request('http://localhost:1337/graphql', { method: 'POST', headers, body: form }),
  );
  const { data } = await answer.json();
  const { name, url } = data.createFile.fileInfo;
  expect(name).toMatch(/^[0-9a-f]{32}_photo\.png$/);
  const file = await emulator.fetch(new Request(url));
  expect(file.headers.get('content-type')).toBe('image/png');
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array([0, 1, 13, 10, 45, 45, 255]));
  expect((await emulator.fetch(new Request(`${url}x`))).status).toBe(404);
});
