/** The classes of the application, its functions and triggers. */
export const CLASSES = {
  /** Whether clients may make classes by writing into them. @default false */
  allowClientClassCreation: {
    group: 'classes',
    kind: 'flag',
    default: false,
    text: 'Clients may make classes by writing into them',
  },
  /** Whether clients may choose object ids. @default false */
  allowCustomObjectId: { group: 'classes', kind: 'flag', default: false, text: 'Clients may choose object ids' },
  /** How many letters and digits the object ids have that the server makes. @default 10 */
  objectIdSize: {
    group: 'classes',
    kind: 'count',
    default: 10,
    text: 'How many letters and digits a new object id has',
  },
  /** The classes and fields of the application, as REST `/schemas` has them. */
  schema: {
    group: 'classes',
    kind: 'schema',
    text: "The application's classes and fields, as REST /schemas gives them",
  },
  /** Functions that `callCloudCode` and `/functions/:name` answer with. */
  functions: { group: 'classes', kind: 'functions', text: 'Functions for callCloudCode and /functions/:name' },
  /** Cloud code as Parse Server takes it: the path of its file, or a function `(Parse) => void`. It takes Node and the package `parse`. */
  cloud: { group: 'classes', kind: 'cloud', text: 'Cloud code, as Parse Server takes it: the path of its file' },
  /** Whether cloud code is loaded again when its files change; what it has stored stays. @default false */
  watch: { group: 'classes', kind: 'flag', default: false, text: 'Load cloud code again when its files change' },
  /** What webhooks get in the header `X-Parse-Webhook-Key`. */
  webhookKey: { group: 'classes', kind: 'text', text: 'What webhooks get in X-Parse-Webhook-Key' },
  /** Triggers by class: `{ Todo: { beforeSave: ({ fields }) => … } }`; `@Config` stands for the configuration. */
  triggers: { group: 'classes', kind: 'triggers', text: 'Triggers by class: beforeSave, afterFind, beforeLogin …' },
  /** Triggers of files. */
  fileTriggers: { group: 'classes', kind: 'fileTriggers', text: 'Triggers of files: beforeSave, afterDelete …' },
} as const;
