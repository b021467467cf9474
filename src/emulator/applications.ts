import type { Options } from '../options/table.ts';

/** Finds an application beside the emulator's own by its id; undefined for an id that the option `apps` does not allow. */
export type FindApplication<Application> = (appId: string | undefined) => Application | undefined;

/** Makes each further application when it is first asked for, and keeps it in `made`. */
export const createApplications = <Application>(
  { appId: ownId, apps }: Options,
  made: Map<string, Application>,
  make: (appId: string) => Application,
): FindApplication<Application> => {
  const isMeant = (appId: string): boolean => appId !== ownId && (apps === 'any' || apps?.includes(appId) === true);
  return (appId) => {
    if (appId === undefined || !isMeant(appId)) return undefined;
    const found = made.get(appId) ?? make(appId);
    made.set(appId, found);
    return found;
  };
};
