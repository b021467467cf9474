/**
 * An emulator that runs elsewhere (in another process, behind another port, or in the same page), by its control routes. Runs wherever
 * `fetch` does.
 * @module parse-users-emulator/client
 */
export type { StoragePlace, StorageState } from '../emulator/clients.ts';
export type { User, UserFields } from '../emulator/users.ts';
export type { LiveState, MfaCode, NextExpiry } from '../http/control/insight.ts';
export type { ConstantIntercept } from '../http/control/intercepts.ts';
export type { ObjectList, RestCall, RestOutcome } from '../http/control/objects.ts';
export type { OptionInForce } from '../http/control/options.ts';
export type { StateChanges } from '../http/control/state.ts';
export type { EmulatorEvent } from '../http/steering/events.ts';
export type { Fault, FaultRecord, Strike } from '../http/steering/faults.ts';
export type { PastWrite } from '../http/steering/history.ts';
export type { LoggedRequest } from '../http/steering/logged-request.ts';
export type { OriginalRequest } from '../http/steering/requests-log.ts';
export type { NamedSnapshot } from '../http/steering/snapshots.ts';
export type { LiveListing } from '../live/hub.ts';
export type { Duration, Moment } from '../operations/clock.ts';
export type { MailFilter } from '../operations/outbox.ts';
export type { UserStanding } from '../operations/users/standing.ts';
export type { Fixtures, OutboxMail } from '../options/adapters.ts';
export { ParseError } from '../parse/error.ts';
export type { AclMap, Json, JsonObject, ParseRecord } from '../parse/record.ts';
export type { Difference, FieldDifference } from '../store/differences.ts';
export type { Happening } from '../store/happenings.ts';
export type { Snapshot } from '../store/persistence.ts';
export { type About, type ClockFace, type Connection, type ConnectOptions, connect } from './connect.ts';
export type { Data, ListRequest } from './data.ts';
export type { Insight } from './insight.ts';
export type { WatchEvents, WatchedEvent } from './watch.ts';
