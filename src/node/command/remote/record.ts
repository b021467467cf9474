import { writeFile } from 'node:fs/promises';
import { exchange } from '../../remote/exchange.ts';
import { startForwarder } from '../../remote/record/forwarder.ts';
import type { Exchange } from '../../remote/record/recording.ts';
import { type CommandLine, needsCommand } from '../command-line.ts';
import { runCommand } from '../run-command.ts';
import type { Terminal } from '../terminal.ts';
import { requireText, textOf } from './keys.ts';

const DEFAULT_OUT = 'parse.recording.ndjson';

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

/** REST is at the address, or at `/parse` below it. */
const findRest = async (url: string): Promise<string> => {
  const { text } = await exchange({ method: 'GET', url: `${url}/health`, headers: {} });
  return /^\s*\{\s*"status"/.test(text) ? url : `${url}/parse`;
};

/** `record -- npm test`: runs a command against a real server, and keeps what was asked and answered. Resolves with its exit code. */
export const runRecord = async (line: CommandLine, terminal: Terminal): Promise<number> => {
  const { flags, tail } = line;
  if (tail.length === 0) throw needsCommand(undefined, 'record');
  const stopped = terminal.untilStopped();
  const rest = await findRest(withoutSlash(requireText(flags, 'forward', 'https://api.example.com/parse')));
  const graphQL = textOf(flags, 'graphql') ?? `${rest.slice(0, rest.lastIndexOf('/'))}/graphql`;
  const out = textOf(flags, 'out') ?? DEFAULT_OUT;
  const kept: Exchange[] = [];
  const { url, close } = await startForwarder({ rest, graphQL }, (one) => kept.push(one));
  const environment = {
    PARSE_EMULATOR_URL: url,
    PARSE_GRAPHQL_URL: `${url}/graphql`,
    PARSE_SERVER_URL: `${url}/parse`,
  };
  const code = await runCommand(tail, environment, stopped).finally(close);
  await writeFile(out, kept.map((one) => `${JSON.stringify(one)}\n`).join(''));
  terminal.print(
    `${out}: ${kept.length} requests, without keys and tokens. Replay them: parse-users-emulator verify --recording ${out}`,
  );
  return code;
};
