import type { PasswordHasher } from '../options/adapters.ts';
import type { Options } from '../options/table.ts';
import type { SessionReason } from '../parse/reason.ts';
import type { JsonObject, ParseRecord } from '../parse/record.ts';
import type { Store } from '../store/store.ts';
import type { FunctionTable } from './functions/table.ts';
import type { Mail } from './mail.ts';
import type { Rules } from './objects/stages.ts';
import type { Schemas } from './schemas.ts';
import type { AdapterLender } from './third-parties/lender.ts';
import type { TriggerTable } from './triggers/triggers.ts';

/** Who asks. `user` is the record of the session's user at the time of the request. */
export type Auth = {
  readonly isMaster: boolean;
  /** Whether it is the master key that only reads. */
  readonly isReadOnly?: boolean;
  /** Whether the maintenance key came: every ACL lets it pass, and it sees what is internal, but it is not a master key. */
  readonly isMaintenance?: boolean;
  readonly user?: ParseRecord;
  readonly sessionToken?: string;
  readonly installationId?: string;
  /** How much of the user triggers are told: its id alone, or not even as a user (`bare`). Absent: all that it sees of itself. */
  readonly userForm?: 'id' | 'bare';
  /** Parse's own Cloud Code, as which the master key in a header of REST counts; users that it makes get no session. */
  readonly isCloud?: boolean;
};

/** The emulator's time. `now` is in milliseconds since 1970. */
export interface Clock {
  now(): number;
  /**
   * The date of a write, as ISO text: of a creation later than that of any other, and of a change later than `after`, which
   * is when the object was written last. Clients may tell writes apart by their dates.
   */
  stamp(after?: string): string;
  /** Begins the dates of writes anew, later than those of what is there. */
  follow(dates: Iterable<unknown>): void;
}

/** The emulator's chance; from `crypto.getRandomValues` unless a test fixes it. */
export interface Random {
  /** A text of `length` letters and digits. */
  text(length: number): string;
  /** A text of `length` hexadecimal digits in lower case. */
  hex(length: number): string;
  /** Begins anew from a state, if a test fixes it: what follows is the same for the same state. */
  begin?(from: string): void;
  /** The same chance for one who asks, which goes on as it was when another begins anew. */
  forOne?(): Random;
}

/** One line for a person. Nothing secret is ever passed to it. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, cause?: unknown) => void;

/** The request that an operation belongs to, as triggers are told of it. */
export type RequestFacts = {
  /** By name in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** The address at the other end; empty where the host does not know it. */
  readonly ip: string;
  /** Cloud code's context: it comes with the request, and triggers hand on in it what the later ones are to know. */
  readonly cloudContext: { [name: string]: unknown };
};

/** One write, as it is told of when it is safe. */
export type WriteNotice = {
  readonly className: string;
  /** The object before; undefined when it is new. */
  readonly before: ParseRecord | undefined;
  /** The object afterwards; undefined when it is deleted. */
  readonly after: ParseRecord | undefined;
  /** The fields as they were written, by name or path (`prefs.theme`). */
  readonly written: JsonObject;
};

/** Who is told of writes to live classes. */
export interface WriteListener {
  /** Whether it wants to know of a class at all. */
  isLive(className: string): boolean;
  /** Tells of a write that is safe, and in whose name it was made. */
  publish(write: WriteNotice, context: Context): void;
}

/** The modules of auth adapters, as cloud code has loaded them. */
export interface Adapters {
  /** The module of a provider, and what it is lent; undefined where the setting stands for itself. */
  find(provider: string): { readonly module: unknown; readonly lender: AdapterLender } | undefined;
}
/** Objects that match a query, and that the one who asks may not read. */
export type Notice = {
  readonly className: string;
  /** How many match and may be read. */
  readonly visible: number;
  /** How many match and may not; counted to `MOST_HIDDEN` at most. */
  readonly hidden: number;
};

/** Why a session is over: it was ended, or the state that held it was replaced. */
export type Ending = Extract<SessionReason, 'sessionEnded' | 'sessionOfBeforeReset'>;

/** The tokens of sessions that are over, so that a person can be told so. Nothing else goes by them. */
export interface EndedSessions {
  /** Why the session of a token is over; undefined for one that is not remembered. */
  find(sessionToken: string): Ending | undefined;
  /** All that is remembered, the oldest first: a fork begins with it. */
  list(): readonly (readonly [sessionToken: string, ending: Ending])[];
}

/** What an operation needs: who asks, and the emulator's own parts. */
export type Context = {
  readonly auth: Auth;
  readonly store: Store;
  readonly options: Options;
  readonly clock: Clock;
  readonly random: Random;
  readonly mail: Mail;
  readonly schemas: Schemas;
  readonly passwords: PasswordHasher;
  readonly log: Log;
  readonly rules: Rules<Context>;
  readonly triggers: TriggerTable;
  readonly functions: FunctionTable;
  readonly adapters?: Adapters | undefined;
  readonly request: RequestFacts;
  /** The sessions that are over, for explanations. */
  readonly endedSessions?: EndedSessions | undefined;
  /** Who is told of writes; absent: no class is live. */
  readonly live?: WriteListener | undefined;
  /** Hears what a person who wonders at an answer should know. */
  readonly notice?: ((notice: Notice) => void) | undefined;
};
