import type { AclMap, ParseRecord } from './record.ts';

/** Everybody, as a subject of an ACL. */
export const PUBLIC = '*';

const grants = (acl: AclMap | undefined, subjects: ReadonlySet<string>, right: 'read' | 'write'): boolean => {
  if (!acl) return true;
  for (const subject in acl) if (acl[subject]?.[right] && subjects.has(subject)) return true;
  return false;
};

/** Whether one of the subjects may read the object; an object without ACL is everybody's. */
export const canRead = (record: ParseRecord, subjects: ReadonlySet<string>): boolean =>
  grants(record.ACL, subjects, 'read');

/** Whether one of the subjects may change or delete the object. */
export const canWrite = (record: ParseRecord, subjects: ReadonlySet<string>): boolean =>
  grants(record.ACL, subjects, 'write');

/**
 * The ACL as it is stored: rights that are false fall away, and subjects without rights with them; first come all who may
 * read, in the order given, then those who may only write (Parse keeps two lists, readers and writers).
 */
export const normaliseAcl = (acl: AclMap): AclMap => {
  const readers = Object.keys(acl).filter((subject) => acl[subject]?.read);
  const writers = Object.keys(acl).filter((subject) => acl[subject]?.write && !acl[subject]?.read);
  return Object.fromEntries(
    [...readers, ...writers].map((subject) => [
      subject,
      { ...(acl[subject]?.read && { read: true }), ...(acl[subject]?.write && { write: true }) },
    ]),
  );
};
