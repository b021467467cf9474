/**
 * The emulator itself: it runs wherever JavaScript does.
 * @module parse-users-emulator
 */
export type { Clients, StoragePlace, StorageState } from './emulator/clients.ts';
export type { User, UserFields, Users } from './emulator/users.ts';
export { createEmulator, type Emulator, type Fixtures } from './emulator.ts';
export type { EmulatorEvent, Watcher } from './http/steering/events.ts';
export type { Fault, Faults } from './http/steering/faults.ts';
export type { Intercept, InterceptedCall } from './http/steering/intercepts.ts';
export type { LoggedRequest } from './http/steering/logged-request.ts';
export type { Fetch } from './http/wire/fetch.ts';
export type { HttpRequest, HttpResponse, RequestHandler, Stream } from './http/wire/message.ts';
export type { LiveSocket } from './live/clients.ts';
export type { LiveQuery } from './live/frames.ts';
export type { Live, LiveConnection, LiveListing } from './live/hub.ts';
export type { Duration, Moment } from './operations/clock.ts';
export type { SeedSettings } from './operations/fixtures/state.ts';
export type { MailFilter, Outbox } from './operations/outbox.ts';
export type {
  ClassTriggers,
  FieldChanges,
  FileRequest,
  FileTriggers,
  FindChanges,
  FindRequest,
  FoundObject,
  FoundRequest,
  ObjectRequest,
  SavedAnswer,
  SaveRequest,
  TriggeredFile,
  TriggerName,
  TriggerRequest,
} from './operations/triggers/triggers.ts';
export type { FunctionLog, FunctionRequest, FunctionResponse, OutboxMail, PasswordHasher } from './options/adapters.ts';
export type {
  AccountLockout,
  AuthProviderOptions,
  CloudCode,
  CloudFunction,
  CustomResolver,
  CustomResolvers,
  CustomSchema,
  EmulatorOptions,
  FileUploadOptions,
  IdempotencyOptions,
  LiveQueryOptions,
  LiveQueryServerOptions,
  MailCondition,
  MockFunction,
  MockRandom,
  OptionGroup,
  OptionKind,
  OptionName,
  OptionRow,
  Options,
  PagesOptions,
  PasswordPolicy,
  PlaygroundAssets,
  RateLimitOptions,
  RequestComplexity,
  RequestKeyword,
  SchemaOptions,
  SchemaParts,
  TypeDefs,
  UserCondition,
  UserConditionRequest,
  UserOfRequest,
} from './options/table.ts';
export { OPTIONS } from './options/table.ts';
export type {
  ClassLevelPermissions,
  ClassOperation,
  ClassSchema,
  FieldSchema,
  FieldType,
} from './parse/classes/schema.ts';
export { ERROR_CODES, type ErrorCode, type ErrorName, ParseError, type ParseErrorDetails } from './parse/error.ts';
export type { GraphQLClassConfig, GraphQLConfig, SortField } from './parse/graphql-config.ts';
export type { AclMap, Json, JsonObject, ParseRecord } from './parse/record.ts';
export type { ParseVersion } from './parse/versions/table.ts';
export { browserStorage } from './store/browser-storage.ts';
export type { Happening } from './store/happenings.ts';
export type { ApplyExternalChange, Change, Persistence, Snapshot } from './store/persistence.ts';
