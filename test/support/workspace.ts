import { execFile, spawn } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What this process was told of itself by npm and Vitest, and a process of somebody else's must not hear. */
const OWN =
  /^(npm_(lifecycle|package|config_local_prefix|config_prefix|execpath|node_execpath)|INIT_CWD|NODE_ENV$|NODE_OPTIONS$|VITEST|TEST|PROD|DEV|MODE|BASE_URL)/;

/** The environment of somebody who opens a terminal. */
export const freshEnvironment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.test(name))),
  ...more,
});

/** The files in a folder, but for what an install, a build or an emulator has left there. */
const foundFiles = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return paths.filter((path) => !/(^|[\\/])(node_modules|dist|users\.json[^\\/]*)($|[\\/])/.test(path));
};

/** The files in a folder that git knows: what somebody has who clones, and nothing that lies about here. All, without git. */
export const trackedFiles = async (folder: string): Promise<string[]> => {
  try {
    const { stdout } = await run('git', ['ls-files', '-z'], { cwd: folder });
    return stdout.split('\0').filter(Boolean);
  } catch {
    return foundFiles(folder);
  }
};

/** Puts the tarball in the place of the package's version in a project's package.json. */
const takeTarball = async (project: string, tarball: string): Promise<void> => {
  const path = join(project, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  for (const group of ['dependencies', 'devDependencies']) {
    if (manifest[group]?.['parse-users-emulator']) manifest[group]['parse-users-emulator'] = `file:${tarball}`;
  }
  await writeFile(path, JSON.stringify(manifest, undefined, 2));
};

/**
 * Copies projects into a folder as the workspaces of npm's, puts the tarball in the place of the package that they name, and
 * installs all at once: one install of many takes a fraction of the time of many.
 */
export const installWorkspaces = async (
  folder: string,
  projects: readonly string[],
  tarball: string,
): Promise<void> => {
  const workspaces = projects.map((project) => basename(project));
  for (const [index, project] of projects.entries()) {
    const copy = join(folder, workspaces[index] ?? '');
    for (const path of await trackedFiles(project)) await cp(join(project, path), join(copy, path));
    await takeTarball(copy, tarball);
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, workspaces }));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
  await runToTheEnd('npm', ['install', ...flags], { cwd: folder });
};

/** Runs a command to its end. Rejects, with all that it printed, when it fails; `signal` ends all that it has started. */
export const runToTheEnd = (
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal },
): Promise<string> =>
  new Promise((resolve, reject) => {
    const { cwd, env = freshEnvironment(), signal } = options;
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => printed.push(part));
    }
    signal?.addEventListener('abort', () => child.pid && process.kill(-child.pid, 'SIGKILL'), { once: true });
    child.on('error', reject);
    child.on('close', (code, killed) => {
      if (code === 0) resolve(printed.join(''));
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? killed}:\n${printed.join('')}`));
    });
  });
