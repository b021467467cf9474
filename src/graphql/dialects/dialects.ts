import type { Behaviour } from '../../parse/versions/versions.ts';
import { apollo2 } from './apollo-2.ts';
import { apollo4 } from './apollo-4.ts';
import type { Dialect } from './dialect.ts';
import { yoga } from './yoga.ts';

/** How each server tells what the emulator executes; Apollo Server 5 needs no telling. */
export const DIALECTS: { readonly [Server in Behaviour['graphQLServer']]?: Dialect } = {
  apollo2,
  yoga2: yoga,
  apollo4,
};
