import manifest from '../../../package.json' with { type: 'json' };
import { createEmulator, type Emulator } from '../../emulator.ts';
import type { Watcher } from '../../http/steering/events.ts';
import { UserError } from '../../parse/user-error.ts';
import type { Snapshot } from '../../store/persistence.ts';
import { readState } from '../data-file/file-state.ts';
import { messageOf } from '../json/file-error.ts';
import { meetAgent, toSubject } from '../mcp/agent.ts';
import { loadSdk } from '../mcp/server.ts';
import { toEnvironment, toReadyLine } from '../server/addresses.ts';
import { type EmulatorServer, startServerThatSays } from '../server/serve.ts';
import { toBanner } from './banner.ts';
import { commandHelp } from './command-help.ts';
import { type CommandLine, needsCommand, readCommandLine } from './command-line.ts';
import { toExport } from './export.ts';
import { ON_COMMAND_LINE } from './flags.ts';
import { longHelp, shortHelp } from './help.ts';
import { createPost } from './post.ts';
import { isRemoteCommand, remoteHelp } from './remote/help.ts';
import { runPull } from './remote/pull.ts';
import { runRecord } from './remote/record.ts';
import { runVerify } from './remote/verify.ts';
import { runCommand } from './run-command.ts';
import { logInsOf } from './seeds/log-ins.ts';
import { isEmpty, readSeeds, type Seed, seedFrom } from './seeds/seeds.ts';
import { readSettings, type Settings, textOf } from './settings.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Tells what the configuration says in vain, once. */
const tellIgnored = (ignored: readonly string[], terminal: Terminal): void => {
  if (ignored.length > 0) terminal.warn(`No difference here, and left out: ${ignored.join(', ')}.`);
};

/** What happens while the server is up; returns the exit code. */
type Meanwhile = (server: EmulatorServer, stopped: Promise<NodeJS.Signals>, seeds: readonly Seed[]) => Promise<number>;

const untilStopped =
  ({ db, host, isQuiet, isJson }: Settings, terminal: Terminal): Meanwhile =>
  async ({ url, emulator }, stopped, seeds) => {
    const subject = { url, host, emulator, db, logIns: logInsOf(seeds, emulator) };
    if (isJson) terminal.print(toReadyLine({ url, emulator }));
    else terminal.print(isQuiet ? url : toBanner(manifest.version, subject, terminal.strong));
    await stopped;
    return 0;
  };

/** `exec -- npm test`: the server is there for one command, and its own words do not get between those of the command. */
const execute = (settings: Settings, words: readonly string[], terminal: Terminal): Promise<number> => {
  if (words.length === 0) throw needsCommand();
  const { db, isDbNamed } = settings;
  return serve({ ...settings, db: isDbNamed ? db : undefined, isQuiet: true }, terminal, async (server, stopped) => {
    const code = await runCommand(words, toEnvironment(server), stopped);
    if (code === 127) terminal.warn(`Failed to run ${words[0]}: there may be no such command`);
    return code;
  });
};

/** `mcp`: an agent works on the emulator at `--url`, or on one that is there for it. What is printed is the agent's. */
const serveAgent = async (line: CommandLine, terminal: Terminal): Promise<number> => {
  const sdk = loadSdk();
  const [url, appId, masterKey] = ['url', 'app-id', 'master-key'].map((flag) => textOf(line.flags, flag));
  if (url !== undefined)
    return meetAgent(sdk, manifest.version, toSubject(url, appId, masterKey), terminal.untilStopped());
  const settings = await readSettings(line, terminal.environment);
  const { db, isDbNamed } = settings;
  const quiet = { ...settings, db: isDbNamed ? db : undefined, isQuiet: true, isVerbose: false };
  return serve(quiet, terminal, (server, stopped) =>
    meetAgent(sdk, manifest.version, toSubject(server.url, undefined, server.emulator.options.masterKey), stopped),
  );
};

/** A person who edits the data file learns that it counts. */
const tellEdits =
  (db: string | undefined, terminal: Terminal): Watcher =>
  (event) => {
    if (event.kind === 'state' && event.by === 'edit')
      terminal.print(`${db} was edited: the emulator goes on with what it says now.`);
  };

const serve = async (settings: Settings, terminal: Terminal, meanwhile: Meanwhile): Promise<number> => {
  const { port, host, db, repair, options, isVerbose } = settings;
  const isQuiet = settings.isQuiet || settings.isJson;
  const stopped = terminal.untilStopped(); // from now on, so that a signal during the start is not lost
  const seeds = await readSeeds(settings.seeds);
  const post = await createPost(settings, isQuiet, terminal);
  if (!isQuiet) tellIgnored([...settings.ignored, ...post.missing], terminal);
  const prepare = async (emulator: Emulator): Promise<void> => {
    post.begin(emulator);
    await seedFrom(emulator, toPictures(settings));
    if (isEmpty(emulator)) await seedFrom(emulator, seeds);
    else if (seeds.length > 0 && !isQuiet) terminal.warn(`${db} holds data already: --seed was left out`);
  };
  try {
    const server = await startServerThatSays(ON_COMMAND_LINE, {
      ...options,
      port,
      host,
      ...(db !== undefined && { db, repair }),
      prepare,
      ...(isVerbose && { log: terminal.print }),
      onMail: post.send,
    });
    if (!isQuiet) server.emulator.watch(tellEdits(db, terminal));
    return await meanwhile(server, stopped, seeds).finally(server.close);
  } finally {
    await post.close();
  }
};

const serveUntilStopped = (settings: Settings, terminal: Terminal): Promise<number> =>
  serve(settings, terminal, untilStopped(settings, terminal));

const readStateOf = async (path: string, { warn }: Terminal): Promise<Snapshot> => {
  const snapshot = await readState(path, warn);
  if (!snapshot) throw new UserError(`Failed to read ${path}: there is no such file`);
  return snapshot;
};

/** The picture that `pull` made, if the configuration has one. */
const toPictures = ({ picture }: Settings): Seed[] => (picture ? [picture] : []);

const printSchema = async (settings: Settings, terminal: Terminal): Promise<number> => {
  const { options, db, isDbNamed } = settings;
  const emulator = createEmulator(options);
  if (db !== undefined && isDbNamed)
    await seedFrom(emulator, [{ path: db, fixtures: await readStateOf(db, terminal) }]);
  await seedFrom(emulator, [...toPictures(settings), ...(await readSeeds(settings.seeds))]);
  terminal.print(emulator.printSchema().trimEnd());
  return 0;
};

const exportData = async ({ db, format }: Settings, terminal: Terminal): Promise<number> => {
  if (db === undefined) throw new UsageError('export takes the data of a file, so that --memory makes no sense');
  terminal.print(JSON.stringify(toExport(await readStateOf(db, terminal), format), null, 2));
  return 0;
};

const helpFor = ({ command, topic }: CommandLine): string => {
  if (topic) return isRemoteCommand(topic) ? remoteHelp(topic) : commandHelp(topic);
  return command === 'options' ? longHelp() : shortHelp();
};

const run = async (argv: readonly string[], terminal: Terminal): Promise<number> => {
  const line = readCommandLine(argv);
  switch (line.command) {
    case 'serve':
      return serveUntilStopped(await readSettings(line, terminal.environment), terminal);
    case 'exec':
      return execute(await readSettings(line, terminal.environment), line.tail, terminal);
    case 'mcp':
      return serveAgent(line, terminal);
    case 'schema':
      return printSchema(await readSettings(line, terminal.environment), terminal);
    case 'export':
      return exportData(await readSettings(line, terminal.environment), terminal);
    case 'pull':
      return runPull(line, terminal);
    case 'record':
      return runRecord(line, terminal);
    case 'verify':
      return runVerify(line, terminal);
    case 'version':
      terminal.print(manifest.version);
      return 0;
    default:
      terminal.print(helpFor(line));
      return 0;
  }
};

/** What a person can put right is told by its message; any other error is a bug, whose stack helps to find it. */
const toMessage = (error: unknown): string =>
  error instanceof Error && !(error instanceof UserError) ? (error.stack ?? error.message) : messageOf(error);

/** The command line: runs what `argv` asks for and resolves with the exit code, 1 for a failure and 2 for a wrong usage. */
export const main = async (argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> => {
  try {
    return await run(argv, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) {
      terminal.warn(toMessage(error));
      return 1;
    }
    terminal.warn(
      `${error.message}\nUsage: parse-users-emulator [schema | export | exec | mcp] [flags]; --help shows the flags`,
    );
    return 2;
  }
};
