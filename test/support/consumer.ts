import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** As much of a package.json as the tests look at. */
export type Manifest = {
  readonly version: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
};

/** A folder of somebody who has installed the packed package, and nothing that its manifest does not name. */
export interface Consumer extends AsyncDisposable {
  readonly folder: string;
  /** The package as it was unpacked. */
  readonly installed: string;
  readonly tarball: string;
  readonly manifest: Manifest;
}

/** Packs the package as npm would publish it, without building it again. */
export const pack = async (folder: string): Promise<string> => {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [packed]: { filename: string }[] = JSON.parse(stdout);
  if (!packed) throw new Error(`Failed to pack: npm said ${stdout}`);
  return join(folder, packed.filename);
};

/** Where a package that this project has installed lives. */
export const folderOf = (name: string): string => join(ROOT, 'node_modules', name);

/** The manifest in a package's folder. */
export const readManifest = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

/** Packs and unpacks the package in a fresh folder, and links what it asks for beside it. No network is needed. */
export const installPackage = async (): Promise<Consumer> => {
  const folder = await mkdtemp(join(tmpdir(), 'consumer-'));
  const tarball = await pack(folder);
  const installed = join(folder, 'node_modules/parse-users-emulator');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  const manifest = await readManifest(installed);
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    const place = join(folder, 'node_modules', name);
    await mkdir(dirname(place), { recursive: true }); // a name may have a scope before it
    await symlink(folderOf(name), place);
  }
  return {
    folder,
    installed,
    tarball,
    manifest,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
};
