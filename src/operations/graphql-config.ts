import { type GraphQLConfig, graphQLConfigProblem } from '../parse/graphql-config.ts';
import type { Json, ParseRecord } from '../parse/record.ts';
import { requireWritingMaster } from './access/keys.ts';
import type { Context } from './context.ts';

const CLASS = '_GraphQLConfig';
const ID = '1';

type Kept = Pick<Context, 'store' | 'options'>;

const NOTHING_SAID: GraphQLConfig = {};

/** What the GraphQL schema shows: as it was written last, else as the option says; the same object until it is written. */
export const graphQLConfig = ({ store, options }: Kept): GraphQLConfig => {
  const kept = store.get(CLASS, ID)?.['config'];
  return kept === undefined ? (options.graphQLConfig ?? NOTHING_SAID) : (kept as GraphQLConfig);
};

/**
 * Writes what the GraphQL schema shows. Throws 119 without a master key that writes, and TypeError for what is not a configuration, which
 * clients of a Parse Server see as an internal error.
 */
export const updateGraphQLConfig = (config: Json, context: Context): { response: { result: true } } => {
  requireWritingMaster(context, 'update the GraphQL config');
  const problem = graphQLConfigProblem(config);
  if (problem !== undefined) throw new TypeError(problem);
  context.store.transact((transaction) => transaction.put(CLASS, { objectId: ID, config } as unknown as ParseRecord));
  return { response: { result: true } };
};
