import { writeFile } from 'node:fs/promises';
import type { EmulatorOptions } from '../../../options/table.ts';
import { UserError } from '../../../parse/user-error.ts';
import { readJsonFile, readTextFile } from '../../json/text.ts';
import { readRecording } from '../../remote/record/recording.ts';
import { replay } from '../../remote/record/replay.ts';
import { type DocumentFile, stepsOfDocuments } from '../../remote/verify/documents.ts';
import { readRequests, stepsOfRequests } from '../../remote/verify/requests.ts';
import { differencesOf, REPORT_FORMS, type Report, type Step, verify } from '../../remote/verify/verify.ts';
import type { CommandLine } from '../command-line.ts';
import { readSeeds } from '../seeds/seeds.ts';
import { readSettings } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { readKeys, requireText, textOf } from './keys.ts';
import { createProgressBar } from './progress.ts';

/** Names of steps, one a line; what follows `#` is for people. */
const readAllowed = async (path: string | undefined): Promise<readonly string[]> => {
  if (path === undefined) return [];
  const lines = (await readTextFile(path)).split('\n');
  return lines.map((line) => line.replace(/(?:^|\s)#.*/, '').trim()).filter((line) => line !== '');
};

const formFor = (name: string): ((report: Report) => string) => {
  const form = Object.hasOwn(REPORT_FORMS, name) ? REPORT_FORMS[name] : undefined;
  if (form) return form;
  throw new UsageError(`--report is ${Object.keys(REPORT_FORMS).join(', ')}, not "${name}"`);
};

const deliver = async (text: string, out: string | undefined, { print }: Terminal): Promise<void> => {
  if (out === undefined) print(text);
  else await writeFile(out, `${text}\n`);
};

const readDocuments = async (patterns: readonly string[]): Promise<readonly DocumentFile[]> => {
  if (patterns.length === 0) return [];
  const { glob } = await import('tinyglobby');
  const paths = await glob([...patterns], { ignore: ['**/node_modules/**'] });
  if (paths.length === 0)
    throw new UserError(`Failed to find documents: no file is called like ${patterns.join(', ')}`);
  return Promise.all(paths.sort().map(async (path) => ({ path, text: await readTextFile(path) })));
};

/** What the application itself asks, from its documents and from recorded requests. */
const readOwnSteps = async ({ flags, documents }: CommandLine): Promise<readonly Step[]> => {
  const [variables, requests] = [textOf(flags, 'variables'), textOf(flags, 'requests')];
  const asked = requests === undefined ? [] : readRequests(requests, await readJsonFile(requests));
  const values = variables === undefined ? {} : await readJsonFile(variables);
  return [...stepsOfDocuments(await readDocuments(documents), values), ...stepsOfRequests(asked)];
};

/** What the emulator is that is held against something. */
const readEmulator = async (
  line: CommandLine,
  { environment }: Terminal,
): Promise<{ readonly options: EmulatorOptions; readonly seeds: readonly unknown[] }> => {
  const { picture, seeds, options } = await readSettings(line, environment);
  const all = [picture, ...(await readSeeds(seeds))];
  return { options, seeds: all.flatMap((seed) => (seed ? [seed.fixtures] : [])) };
};

/** The same for what a server answered once. */
const replayFile = async (path: string, line: CommandLine, terminal: Terminal): Promise<Report> =>
  replay({
    ...(await readEmulator(line, terminal)),
    exchanges: readRecording(path, await readTextFile(path)),
    allow: await readAllowed(textOf(line.flags, 'allow')),
    source: path,
  });

const playWith = async (against: string, line: CommandLine, terminal: Terminal): Promise<Report> => {
  const { flags } = line;
  const { seeds, options: all } = await readEmulator(line, terminal);
  const { appId: _, masterKey: __, ...options } = all;
  const allow = await readAllowed(textOf(flags, 'allow'));
  const keys = await readKeys(line, terminal);
  const stop = new AbortController();
  void terminal.untilStopped().then(() => stop.abort());
  const bar = createProgressBar(terminal);
  const report = await verify({
    ...{ against, ...keys, graphQL: textOf(flags, 'graphql'), options, seeds, allow },
    steps: await readOwnSteps(line),
    readOnly: flags.get('read-only') === true,
    signal: stop.signal,
    onProgress: (done, of, step) => bar.show(done, of, step),
  }).finally(bar.end);
  if (stop.signal.aborted) throw new UserError('It was stopped; what it had made on the server was taken away.');
  return report;
};

/** `verify`: the same for a server, or for what one answered once, and for the emulator. Resolves with 1 where something differs. */
export const runVerify = async (line: CommandLine, terminal: Terminal): Promise<number> => {
  const { flags } = line;
  const form = formFor(textOf(flags, 'report') ?? 'text');
  const recording = textOf(flags, 'recording');
  const report = recording
    ? await replayFile(recording, line, terminal)
    : await playWith(requireText(flags, 'against', 'https://api.example.com/parse'), line, terminal);
  await deliver(form(report), textOf(flags, 'out'), terminal);
  return differencesOf(report).length > 0 ? 1 : 0;
};
