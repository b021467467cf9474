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
  /** The addresses that may use the master key, single or as ranges; none with `[]`. @default ['127.0.0.1', '::1'] */
  masterKeyIps: {
    group: 'keys',
    kind: 'ips',
    default: ['127.0.0.1', '::1'],
    text: 'The addresses that may use the master key, single or as ranges (10.0.1.0/24)',
  },
  /** A key, sent as the master key, that reads everything and writes nothing; there is none if not given. */
  readOnlyMasterKey: { group: 'keys', kind: 'text', text: 'A master key that reads everything and writes nothing' },
  /** The addresses that may use the read-only master key. @default ['0.0.0.0/0', '::0'] */
  readOnlyMasterKeyIps: {
    group: 'keys',
    kind: 'ips',
    default: ['0.0.0.0/0', '::0'],
    text: 'The addresses that may use the read-only master key',
  },
  /** A key that passes every ACL and sees what is internal (`X-Parse-Maintenance-Key`); there is none if not given. */
  maintenanceKey: {
    group: 'keys',
    kind: 'text',
    text: 'A key that passes every ACL and sees what is internal (X-Parse-Maintenance-Key)',
  },
  /** The addresses that may use the maintenance key. @default ['127.0.0.1', '::1'] */
  maintenanceKeyIps: {
    group: 'keys',
    kind: 'ips',
    default: ['127.0.0.1', '::1'],
    text: 'The addresses that may use the maintenance key',
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
