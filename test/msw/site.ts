import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const WORKER = fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js'));

/** The script of a page, with all that it imports. */
export const bundlePage = async (source: URL): Promise<string> => {
  const build = await rolldown({ input: fileURLToPath(source), platform: 'browser' });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  return output[0].code;
};

/** Serves the page, its script and MSW's worker, and nothing that knows of Parse. */
export const servePage = async (script: string): Promise<{ server: Server; url: string; asked: string[] }> => {
  const worker = await readFile(WORKER, 'utf8');
  const asked: string[] = [];
  const files: { [path: string]: [string, string] } = {
    '/': ['text/html', '<!doctype html><title>loading</title><script type="module" src="/page.js"></script>'],
    '/page.js': ['text/javascript', script],
    '/mockServiceWorker.js': ['text/javascript', worker],
  };
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(body === '' ? 404 : 200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
};
