import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
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

/** What is on disk beside the sources of a project that somebody has worked in. */
const isSource = (path: string): boolean => !path.split(sep).some((part) => part === 'node_modules' || part === 'dist');

/**
 * Copies projects into a folder as the workspaces of npm's, puts the tarball in the place of the package that they name, and
 * installs all at once: the one install of many takes a fraction of the time of many.
 */
export const installWorkspaces = async (
  folder: string,
  projects: readonly string[],
  tarball: string,
): Promise<void> => {
  for (const project of projects) {
    const copy = join(folder, basename(project));
    await cp(project, copy, { recursive: true, filter: (path) => isSource(path.slice(project.length)) });
    const manifest = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8'));
    for (const group of ['dependencies', 'devDependencies']) {
      if (manifest[group]?.['parse-users-emulator']) manifest[group]['parse-users-emulator'] = `file:${tarball}`;
    }
    await writeFile(join(copy, 'package.json'), JSON.stringify(manifest, undefined, 2));
  }
  await mkdir(folder, { recursive: true });
  const workspaces = projects.map((project) => basename(project));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, workspaces }));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
  await run('npm', ['install', ...flags], { cwd: folder, env: freshEnvironment() });
};

/** Runs a command to its end. Rejects, with all that it printed, when it fails. */
export const runToTheEnd = (
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: freshEnvironment(), ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => parts.push(String(part)));
    child.on('error', reject);
    child.on('close', (code) => {
      const printed = parts.join('');
      if (code === 0) resolve(printed);
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${printed}`));
    });
  });
