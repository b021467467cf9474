import type { Behaviour } from './behaviour.ts';
import { type ParseVersion, VERSIONS } from './table.ts';

export type { Behaviour } from './behaviour.ts';
export { DEFAULT_VERSION, type ParseVersion } from './table.ts';

/** All versions that can be emulated, the oldest first. */
export const PARSE_VERSIONS: readonly ParseVersion[] = Object.keys(VERSIONS) as ParseVersion[];

/** How the version behaves that the options name. */
export const behaviourOf = ({ parseVersion }: { readonly parseVersion: ParseVersion }): Behaviour =>
  VERSIONS[parseVersion];
