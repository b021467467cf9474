import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runToTheEnd } from '../support/workspace.ts';

/** Node's own binary, which the package `node` of npm installs from one package for each platform. */
export const NODE: string = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The binary of the Node that is installed in a project. */
export const nodeIn = (project: string): string =>
  join(project, 'node_modules', NODE, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');

/** What a project is made of. */
export type Project = {
  /** Versions by the names of packages, the emulator's aside. */
  readonly dependencies: { readonly [name: string]: string };
  /** Files and folders to copy, by where they stand in the project. */
  readonly files: { readonly [path: string]: string };
};

/** Makes a project in a folder, and installs the packed package with what it depends on. */
export const makeProject = async (folder: string, { dependencies, files }: Project, tarball: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  for (const [path, source] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(source, join(folder, path), { recursive: true });
  }
  const all = { ...dependencies, 'parse-users-emulator': `file:${tarball}` };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies: all }));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock'];
  await runToTheEnd('npm', ['install', ...flags], { cwd: folder });
};
