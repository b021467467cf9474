/** Addresses, CORS and the limits of a request. */
export const SERVER = {
  /** The address of the REST API; the server fills in its own. @default 'http://localhost:1337/parse', or where `mountPath` leads */
  serverURL: {
    group: 'server',
    kind: 'address',
    default: 'http://localhost:1337/parse',
    text: 'The address of the REST API; the server fills in its own',
  },
  /** The address that mail links and files carry; the same as serverURL if not given. */
  publicServerURL: {
    group: 'server',
    kind: 'address',
    text: 'The address that links in mails and of files carry; serverURL if not given',
  },
  /** Where REST is. @default '/parse' */
  mountPath: { group: 'server', kind: 'path', default: '/parse', text: 'Where REST is' },
  /** Where GraphQL is. @default '/graphql' */
  graphQLPath: { group: 'server', kind: 'path', default: '/graphql', text: 'Where GraphQL is' },
  /** Where the playground is. @default '/playground' */
  playgroundPath: { group: 'server', kind: 'path', default: '/playground', text: 'Where the playground is' },
  /** Whether a refused right is told as 'Permission denied' alone; else the error says which. @default true */
  enableSanitizedErrorResponse: {
    group: 'server',
    kind: 'flag',
    default: true,
    text: "A refused right is told as 'Permission denied', without what was refused",
  },
  /** The origins that browsers may ask from; the first is named to all others. @default '*' */
  allowOrigin: { group: 'server', kind: 'origins', default: '*', text: 'The origins that browsers may ask from' },
  /** Headers that browsers may send beside Parse's own. */
  allowHeaders: { group: 'server', kind: 'texts', text: "Headers that browsers may send beside Parse's own" },
  /** Whether anybody may ask for the GraphQL schema; else it takes the master key. @default false */
  graphQLPublicIntrospection: {
    group: 'server',
    kind: 'flag',
    default: false,
    text: 'Let anybody ask for the GraphQL schema, not the master key alone',
  },
  /** What the GraphQL schema shows of the classes, until `PUT /graphql-config` says otherwise: all of it if not given. */
  graphQLConfig: {
    group: 'server',
    kind: 'graphQLConfig',
    text: 'What the GraphQL schema shows of the classes: enabledForClasses, disabledForClasses, classConfigs',
  },
  /** Whether it answers as a server with `NODE_ENV=production`; before 9 it matters to who may ask for the schema. @default true */
  production: {
    group: 'server',
    kind: 'flag',
    default: true,
    text: 'Answer as a server with NODE_ENV=production: before 9 it hides the schema',
  },
  /** The largest REST body that is read: '20mb', '512kb' or, in bytes, '1048576'. @default '20mb' */
  maxUploadSize: { group: 'server', kind: 'size', default: '20mb', text: 'The largest REST body that is read' },
  /** Who may upload files: users who are logged in, and no files that a browser would run, if not given. */
  fileUpload: {
    group: 'server',
    kind: 'fileUpload',
    text: 'Who may upload files, and which: enableForPublic, fileExtensions',
  },
  /** Keys, values, or keys with a value, that requests may not write; the defaults keep out what could reach prototypes. */
  requestKeywordDenylist: {
    group: 'server',
    kind: 'keywords',
    text: 'Keys and values that requests may not write: [{ "key": "…", "value": "…" }]',
  },
  /** For which paths an `X-Parse-Request-Id` counts once only, and for how many seconds: none if not given. */
  idempotencyOptions: {
    group: 'server',
    kind: 'idempotency',
    text: 'Paths for which a request id (X-Parse-Request-Id) counts once only: paths, ttl',
  },
  /** How many requests a client may make in a time, by path; no limit if not given. */
  rateLimit: {
    group: 'server',
    kind: 'rateLimit',
    text: 'How many requests a client may make in a time: requestPath, requestCount, requestTimeWindow …',
  },
  /** The most objects that a query of REST answers with which names no limit. @default 100 */
  defaultLimit: {
    group: 'server',
    kind: 'count',
    default: 100,
    text: 'The most objects that a query of REST answers with which names no limit',
  },
  /** How much one request may ask for: depth, fields, includes, subqueries; generous limits if not given. */
  requestComplexity: {
    group: 'server',
    kind: 'complexity',
    text: 'How much one request may ask for: graphQLDepth, graphQLFields, queryDepth, includeDepth …; -1 for no limit',
  },
  /** Whether files keep the names that they are uploaded by, without a prefix that makes them unique. @default false */
  preserveFileName: {
    group: 'server',
    kind: 'flag',
    default: false,
    text: 'Files keep their names, without a prefix that makes them unique',
  },
  /** The most objects that one query answers with, whatever it asks for; no limit if not given. */
  maxLimit: { group: 'server', kind: 'count', text: 'The most objects that one query answers with' },
} as const;
