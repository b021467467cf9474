import { toBytes } from '../../options/byte-size.ts';
import type { Options } from '../../options/table.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { createApollo } from './apollo.ts';
import { createApollo2 } from './apollo-2.ts';
import type { GraphQLServer } from './server.ts';
import { createYoga } from './yoga.ts';

/** The GraphQL server inside of the Parse Server that is emulated. */
export const createGraphQLServer = (options: Options): GraphQLServer => {
  const behaviour = behaviourOf(options);
  const fileLimit = toBytes(options.maxUploadSize) ?? 0;
  if (behaviour.graphQLServer === 'apollo2') return createApollo2(fileLimit);
  return behaviour.graphQLServer === 'yoga2' ? createYoga(fileLimit) : createApollo(behaviour, fileLimit);
};
