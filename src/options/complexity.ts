/** How much one request may ask for; -1: as much as it likes. The master key and the maintenance key always may. */
export type RequestComplexity = {
  /** Whether `$regex` may be used at all. @default true */
  readonly allowRegex?: boolean;
  /** The most calls of one batch. @default 10000 */
  readonly batchRequestLimit?: number;
  /** How deep the fields of a GraphQL operation may stand. @default 100 */
  readonly graphQLDepth?: number;
  /** The most fields of a GraphQL operation, aliases counted one by one. @default 20000 */
  readonly graphQLFields?: number;
  /** The most paths to include. @default 1000 */
  readonly includeCount?: number;
  /** How many pointers one path may follow. @default 50 */
  readonly includeDepth?: number;
  /** How deep `$or`, `$and` and `$nor` may stand in each other. @default 50 */
  readonly queryDepth?: number;
  /** How deep subqueries may stand in each other. @default 20 */
  readonly subqueryDepth?: number;
  /** The most objects that a subquery finds. @default -1 */
  readonly subqueryLimit?: number;
};
