/** Options of Parse Server's about what the emulator has not: databases, caches, logs, push, clusters, proxies. */
export const NO_DIFFERENCE: ReadonlySet<string> = new Set(
  `analyticsAdapter cacheAdapter cacheMaxSize cacheTTL cluster collectionPrefix databaseAdapter databaseOptions databaseURI
  directAccess enableCollationCaseComparison enableExpressErrorHandler enableInsecureAuthAdapters enableSingleSchemaCache
  encryptionKey fileKey filesAdapter jsonLogs loggerAdapter logLevel logLevels logsFolder masterKeyTtl maxLogFiles mountGraphQL
  mountPlayground push scheduledPush schemaCacheTTL security serverCloseComplete serverStartComplete silent
  startLiveQueryServer trustProxy verbose verifyServerUrl`.split(/\s+/),
);

/** What clients would notice, and the emulator may not have, with the value that it behaves by. */
export const MATTERING: { readonly [name: string]: unknown } = {
  allowAggregationForReadOnlyMasterKey: true,
  customPages: {},
  enableProductPurchaseLegacyApi: true,
  enableSanitizedErrorResponse: true,
  encodeParseObjectInCloudFunction: true,
  fileDownload: { enableForAnonymousUser: true, enableForAuthenticatedUser: true, enableForPublic: true },
  installation: {
    duplicateDeviceTokenAction: 'delete',
    duplicateDeviceTokenActionEnforceAuth: false,
    duplicateDeviceTokenMergePriority: 'deviceToken',
  },
  middleware: undefined,
  protectedFieldsTriggerExempt: false,
  query: { aggregationRawFieldNames: false, aggregationRawValues: false },
  requestContextMiddleware: undefined,
  routeAllowList: undefined,
};

/** Members of options that the emulator has, for what it has not. */
export const MEMBERS_WITHOUT_DIFFERENCE: { readonly [option: string]: readonly string[] } = {
  liveQuery: ['pubSubAdapter', 'redisOptions', 'redisURL', 'regexTimeout', 'wssAdapter'],
  liveQueryServerOptions: [
    ...['appId', 'cacheTimeout', 'logLevel', 'masterKey', 'port', 'pubSubAdapter', 'redisOptions', 'redisURL'],
    ...['serverURL', 'websocketTimeout', 'wssAdapter'],
  ],
  pages: ['enableRouter', 'localizationFallbackLocale'],
  rateLimit: ['redisUrl'],
  schema: ['afterMigration', 'beforeMigration', 'deleteExtraFields', 'keepUnknownIndexes', 'recreateModifiedFields'],
};

/** Members that clients would notice, with the value that the emulator behaves by. */
export const MATTERING_MEMBERS: { readonly [option: string]: { readonly [member: string]: unknown } } = {
  fileUpload: { allowedFileUrlDomains: ['*'] },
  pages: {
    customRoutes: [],
    enableLocalization: false,
    localizationJsonPath: undefined,
    pagesEndpoint: 'apps',
    pagesPath: undefined,
    placeholders: {},
  },
};

const ODD_NAMES: { readonly [option: string]: string } = {
  appId: 'PARSE_SERVER_APPLICATION_ID',
  auth: 'PARSE_SERVER_AUTH_PROVIDERS',
  enableAnonymousUsers: 'PARSE_SERVER_ENABLE_ANON_USERS',
  fileDownload: 'PARSE_SERVER_FILE_DOWNLOAD_OPTIONS',
  fileUpload: 'PARSE_SERVER_FILE_UPLOAD_OPTIONS',
  graphQLSchema: 'PARSE_SERVER_GRAPH_QLSCHEMA',
  idempotencyOptions: 'PARSE_SERVER_EXPERIMENTAL_IDEMPOTENCY_OPTIONS',
  publicServerURL: 'PARSE_PUBLIC_SERVER_URL',
  serverURL: 'PARSE_SERVER_URL',
};

/** The variable of the environment that Parse Server takes an option from: `verifyUserEmails` → `PARSE_SERVER_VERIFY_USER_EMAILS`. */
export const variableOf = (option: string): string =>
  ODD_NAMES[option] ??
  `PARSE_SERVER_${option
    .replace('GraphQL', 'Graphql')
    .replace('graphQL', 'graphql')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase()}`;
