import { readFile, writeFile } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/node/command/cli.ts';
import { isRunning } from '../../../src/node/command/process-tree.ts';
import { eventually } from '../../support/eventually.ts';
import { newFolder } from '../../support/folder.ts';

type Run = { readonly code: number; readonly out: readonly string[]; readonly errors: readonly string[] };

const run = async (
  argv: readonly string[],
  stopped: Promise<NodeJS.Signals> = new Promise(() => undefined),
): Promise<Run> => {
  const out: string[] = [];
  const errors: string[] = [];
  const print = (text: string) => out.push(text);
  const warn = (text: string) => errors.push(text);
  return { code: await main(argv, { print, warn, untilStopped: () => stopped }), out, errors };
};

const script = (text: string): string[] => [process.execPath, '--input-type=module', '-e', text];

describe('exec', () => {
  it('starts for one command, with the addresses in its environment, and gives its exit code', async () => {
    const file = join(await newFolder(), 'seen.json');
    const text = `
      import { writeFile } from 'node:fs/promises';
      const { PARSE_GRAPHQL_URL, PARSE_SERVER_URL, PARSE_EMULATOR_URL, PARSE_APPLICATION_ID } = process.env;
      const headers = { 'x-parse-application-id': PARSE_APPLICATION_ID };
      const answers = [await fetch(PARSE_GRAPHQL_URL + '?query={health}', { headers }), await fetch(PARSE_SERVER_URL + '/health'), await fetch(PARSE_EMULATOR_URL + '/emulator/state')];
      await writeFile(${JSON.stringify(file)}, JSON.stringify(await Promise.all(answers.map((answer) => answer.json()))));
      process.exitCode = 7;`;
    expect(await run(['exec', '--app-id', 'MINE', '--', ...script(text)])).toEqual({ code: 7, out: [], errors: [] });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([{ data: { health: true } }, { status: 'ok' }, {}]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'passes %s on to the command and to what the command has started, and waits until all have cleaned up',
    async (signal) => {
      const folder = await newFolder();
      const inner = `
        import { writeFileSync } from 'node:fs';
        for (const signal of ['SIGINT', 'SIGTERM'])
          process.on(signal, () => setTimeout(() => { writeFileSync('cleaned', signal); process.exit(); }, 200));
        writeFileSync('started', String(process.pid));
        setInterval(() => undefined, 1000);`;
      await writeFile(join(folder, 'inner.mjs'), inner);
      const started = async (): Promise<string> => readFile(join(folder, 'started'), 'utf8');
      const stopped = eventually(started).then(() => signal);
      // a shell that ends at once and leaves its child alone, as that of `npm test` does
      const command = ['sh', '-c', `cd '${folder}' && '${process.execPath}' inner.mjs; true`];
      const { code } = await run(['exec', '--', ...command], stopped);
      expect(code).toBe(128 + constants.signals[signal]);
      expect(await readFile(join(folder, 'cleaned'), 'utf8')).toBe(signal);
      const pid = Number(await started());
      await eventually(() => expect(isRunning(pid)).toBe(false));
    },
  );

  it('says what is missing', async () => {
    expect(await run(['exec'])).toMatchObject({ code: 2, errors: [expect.stringContaining('exec needs a command')] });
    expect(await run(['exec', 'npm', 'run', 'e2e'])).toMatchObject({
      code: 2,
      errors: [expect.stringContaining('exec -- npm run e2e')],
    });
    expect(await run(['schema', '--', 'x'])).toMatchObject({ code: 2, errors: [expect.stringContaining('Only exec')] });
    expect(await run(['exec', '--', 'no-such-command-at-all'])).toMatchObject({
      code: 127,
      errors: [expect.stringContaining('no-such')],
    });
  });
});

describe('--json', () => {
  it('prints one line for a program when it is ready', async () => {
    let stop = (_signal: NodeJS.Signals): void => undefined;
    const stopped = new Promise<NodeJS.Signals>((resolve) => {
      stop = resolve;
    });
    const out: string[] = [];
    const ended = main(['--port', '0', '--memory', '--json'], {
      print: (text) => out.push(text),
      warn: (text) => out.push(text),
      untilStopped: () => stopped,
    });
    await eventually(() => expect(out).toHaveLength(1));
    const { ready, url, graphQLURL } = JSON.parse(out[0] ?? '');
    expect({ ready, graphQLURL }).toEqual({ ready: true, graphQLURL: `${url}/graphql` });
    stop('SIGTERM');
    expect(await ended).toBe(0);
    expect(out).toHaveLength(1);
  });
});
