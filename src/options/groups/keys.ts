/** Who may ask: the application and its keys. */
export const KEYS = {
  /** The application id that every request must bring. @default 'APPLICATION_ID' */
  appId: {
    group: 'keys',
    kind: 'text',
    default: 'APPLICATION_ID',
    text: 'The application id that every request must bring',
  },
  /** The key that may do everything. @default 'MASTER_KEY' */
  masterKey: { group: 'keys', kind: 'text', default: 'MASTER_KEY', text: 'The key that may do everything' },
  /** A key, sent as the master key, that reads everything and writes nothing; there is none if not given. */
  readOnlyMasterKey: { group: 'keys', kind: 'text', text: 'A master key that reads everything and writes nothing' },
  /** A key that passes every ACL and sees what is internal (`X-Parse-Maintenance-Key`); there is none if not given. */
  maintenanceKey: {
    group: 'keys',
    kind: 'text',
    text: 'A key that passes every ACL and sees what is internal (X-Parse-Maintenance-Key)',
  },
  /** The name of the application, as mails show it. @default 'parse-users-emulator' */
  appName: {
    group: 'keys',
    kind: 'text',
    default: 'parse-users-emulator',
    text: 'The name of the application, as mails show it',
  },
  /** A key that clients send as `X-Parse-Client-Key`: once any of these keys is set, one of them must come. */
  clientKey: { group: 'keys', kind: 'text', text: 'A key that clients must send, once it is set (X-Parse-Client-Key)' },
  /** A key that clients send as `X-Parse-Javascript-Key`: once any of these keys is set, one of them must come. */
  javascriptKey: {
    group: 'keys',
    kind: 'text',
    text: 'A key that clients must send, once it is set (X-Parse-Javascript-Key)',
  },
  /** A key that clients send as `X-Parse-REST-API-Key`: once any of these keys is set, one of them must come. */
  restAPIKey: {
    group: 'keys',
    kind: 'text',
    text: 'A key that clients must send, once it is set (X-Parse-REST-API-Key)',
  },
  /** A key that clients send as `X-Parse-Windows-Key`: once any of these keys is set, one of them must come. */
  dotNetKey: {
    group: 'keys',
    kind: 'text',
    text: 'A key that clients must send, once it is set (X-Parse-Windows-Key)',
  },
} as const;
