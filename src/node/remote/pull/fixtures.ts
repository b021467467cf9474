import { columnsOf } from '../../../parse/classes/columns.ts';
import { isObject, type JsonObject } from '../../../parse/record.ts';
import type { Remote } from '../remote.ts';
import type { Anonymize } from './anonymous.ts';
import { countRows, pagesOf, type Row, rowsById } from './pages.ts';
import type { PulledClass } from './picture.ts';
import { referencesIn } from './references.ts';

/** Which rows are wanted. */
export type Wanted = {
  /** How many users, and how many rows of each of the classes. */
  readonly users: number;
  readonly classes: readonly string[];
  readonly rows: number;
};

/** How far a pull is. */
export type Progress = {
  /** The class whose rows come now. */
  readonly className: string;
  /** Rows of all classes that have come. */
  readonly done: number;
  /** How many are known to come; more follow, to which these lead. */
  readonly of: number;
};

/** What a pull of rows needs. */
export type Source = {
  readonly remote: Remote;
  readonly schemas: readonly PulledClass[];
  readonly anonymize: Anonymize;
  /** The hash that every user gets. */
  readonly bcryptPassword: string;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
};

/** Rows that tell their class, as fixtures take them. */
export type FixtureRow = JsonObject & {
  /** The class of the row. */
  readonly className: string;
};

/** Above so many roles, those alone come along that rows name. */
const MOST_ROLES = 1000;

/** Sessions are open doors, and are left where they are. */
const LEFT_OUT = new Set(['_Session']);

type Seen = Map<string, Set<string>>;

const setIn = (sets: Seen, className: string): Set<string> => {
  const found = sets.get(className) ?? new Set();
  sets.set(className, found);
  return found;
};

/** A relation of a class. */
type Relation = { readonly className: string; readonly key: string; readonly target: string };

const relationsOf = ({ className, fields }: PulledClass): Relation[] =>
  Object.entries({ ...columnsOf(className), ...fields }).flatMap(([key, field]) => {
    const { type, targetClass } = Object(field);
    return type === 'Relation' ? [{ className, key, target: String(targetClass) }] : [];
  });

/** Takes rows in, notes what they lead to, and gives them the form of fixtures. */
const createTaking = ({ schemas, anonymize, bcryptPassword, onProgress }: Source) => {
  const known = new Set(schemas.map(({ className }) => className));
  const seen: Seen = new Map();
  const wanted: Seen = new Map();
  const lost: Seen = new Map(); // what rows lead to, and the server does not have
  let done = 0;
  let of = 0;

  const note = (row: JsonObject): void => {
    for (const { className, objectId } of referencesIn(row)) {
      const isWanted =
        known.has(className) &&
        !LEFT_OUT.has(className) &&
        ![seen, lost].some((sets) => setIn(sets, className).has(objectId));
      if (isWanted) setIn(wanted, className).add(objectId);
    }
  };
  const toFixture = (className: string, row: Row): FixtureRow => {
    const { sessionToken: _, ...rest } = anonymize.row(className, row);
    const fields = Object.entries(rest).filter(([, value]) => !(isObject(value) && value['__type'] === 'Relation'));
    return {
      className,
      ...Object.fromEntries(fields),
      ...(className === '_User' && { bcryptPassword }),
    };
  };
  return {
    seen,
    wanted,
    lost,
    expect: (rows: number) => {
      of += rows;
    },
    take(className: string, rows: readonly Row[]): FixtureRow[] {
      const ids = setIn(seen, className);
      const fresh = rows.filter(({ objectId }) => !ids.has(objectId));
      for (const row of fresh) {
        ids.add(row.objectId);
        wanted.get(className)?.delete(row.objectId);
        note(row);
      }
      done += fresh.length;
      of = Math.max(of, done);
      onProgress?.({ className, done, of });
      return fresh.map((row) => toFixture(className, row));
    },
  };
};

type Taking = ReturnType<typeof createTaking>;

/** What rows lead to, until nothing is missing but what the server has lost, too. */
async function* closed(
  remote: Remote,
  { seen, wanted, lost, take }: Taking,
): AsyncGenerator<readonly FixtureRow[], void> {
  for (;;) {
    const [className, ids] = [...wanted].find(([, some]) => some.size > 0) ?? [];
    if (className === undefined || ids === undefined) return;
    const all = [...ids];
    ids.clear();
    for await (const rows of rowsById(remote, className, all)) yield take(className, rows);
    const there = setIn(seen, className);
    for (const objectId of all) if (!there.has(objectId)) setIn(lost, className).add(objectId);
  }
}

const roleNamesIn = (acl: unknown): string[] =>
  Object.keys(isObject(acl) ? acl : {}).flatMap((subject) => (subject.startsWith('role:') ? [subject.slice(5)] : []));

async function* roles(
  remote: Remote,
  taking: Taking,
  named: ReadonlySet<string>,
): AsyncGenerator<readonly FixtureRow[], void> {
  const isMuch = (await countRows(remote, '_Role')) > MOST_ROLES;
  const where = isMuch ? { name: { $in: [...named] } } : {};
  for await (const page of pagesOf(remote, '_Role', MOST_ROLES, where)) yield taking.take('_Role', page);
  yield* closed(remote, taking);
}

/** Members of relations, as far as both ends came along. */
async function* members({ remote, schemas }: Source, { seen }: Taking): AsyncGenerator<readonly FixtureRow[], void> {
  for (const { className, key, target } of schemas.flatMap(relationsOf)) {
    const targets = seen.get(target);
    if (!targets) continue;
    for (const owningId of seen.get(className) ?? []) {
      const where = { $relatedTo: { object: { __type: 'Pointer', className, objectId: owningId }, key } };
      for await (const page of pagesOf(remote, target, Number.POSITIVE_INFINITY, where, 'objectId')) {
        const joined = page.filter(({ objectId }) => targets.has(objectId));
        yield joined.map(({ objectId }) => ({ className: `_Join:${key}:${className}`, owningId, relatedId: objectId }));
      }
    }
  }
}

/**
 * Rows in the form of fixtures, page by page, and what they lead to: pointers, users of ACLs, roles and their members. Nothing is kept but
 * ids, so that a pull takes no more memory than a page and they.
 */
export async function* readFixtures(
  source: Source,
  { users, classes, rows }: Wanted,
): AsyncGenerator<readonly FixtureRow[], void> {
  const { remote } = source;
  const taking = createTaking(source);
  const asked = [
    ...(users > 0 ? [['_User', users] as const] : []),
    ...classes.map((className) => [className, rows] as const),
  ];
  const named = new Set<string>();
  for (const [className, most] of asked) taking.expect(Math.min(most, await countRows(remote, className)));
  for (const [className, most] of asked) {
    for await (const page of pagesOf(remote, className, most)) {
      for (const { ACL } of page) for (const name of roleNamesIn(ACL)) named.add(name);
      yield taking.take(className, page);
    }
  }
  if (asked.length === 0) return;
  yield* closed(remote, taking);
  yield* roles(remote, taking, named);
  yield* members(source, taking);
}
