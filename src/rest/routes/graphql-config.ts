import { graphQLConfig, updateGraphQLConfig } from '../../operations/graphql-config.ts';
import { masterOnly } from '../errors.ts';
import { ok, type RestRoute } from '../message.ts';

/** What the GraphQL schema shows of the classes, for the master key. */
export const GRAPHQL_CONFIG_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/graphql-config', run: masterOnly((_call, context) => ok({ ...graphQLConfig(context) })) },
  {
    method: 'PUT',
    path: '/graphql-config',
    run: masterOnly(({ fields }, context) => ok(updateGraphQLConfig(fields['params'] || {}, context))),
  },
];
