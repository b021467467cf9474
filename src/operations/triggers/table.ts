import type { ClassTriggers, FileTriggers, TriggerTable } from './triggers.ts';

/** The table of the triggers that the options have; those of a class by its name. */
export const createTriggerTable = (
  classes: { readonly [className: string]: ClassTriggers } | undefined,
  files: FileTriggers | undefined,
): TriggerTable => ({
  of: (className) => (classes && Object.hasOwn(classes, className) ? classes[className] : undefined),
  files,
});
