import type { Json, ParseRecord } from '../parse/record.ts';

/** A user as functions of the options get it. */
export type UserOfRequest = ParseRecord & {
  /** The object id. */
  readonly id: string;
  /** The value of a field, as objects of the SDK give it. */
  get(field: string): Json | undefined;
};

/** What a condition on users is asked with. */
export type UserConditionRequest = {
  /** The user, as it is about to be written or logs in. */
  readonly object: UserOfRequest;
  /** The user as it was, when it is changed. */
  readonly original?: UserOfRequest;
  /** Whether the request came with the master key. */
  readonly master: boolean;
  /** The address that the request came from, where it is known. */
  readonly ip?: string;
  /** The installation that the request came from, if it said so. */
  readonly installationId?: string;
  /** How the session comes about: `{ action: 'signup', authProvider: 'password' }`. */
  readonly createdWith?: {
    /** `signup` or `login`. */
    readonly action: string;
    /** `password`, or the name of a third party. */
    readonly authProvider?: string;
  };
  /** Whether a mail was asked for once more. */
  readonly resendRequest?: boolean;
};

/** A condition on users: for all of them or none, or a function that says `true` for those whom it holds for. */
export type UserCondition = boolean | ((request: UserConditionRequest) => boolean | Promise<boolean>);

/** Whether a mail is sent: always, never, or for the users of whom a function says so. */
export type MailCondition =
  | boolean
  | ((request: {
      /** The user who would get the mail. */
      readonly user: UserOfRequest;
      /** Whether the request came with the master key. */
      readonly master: boolean;
    }) => boolean | Promise<boolean>);
