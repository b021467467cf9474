import { type Context, createContext, use } from 'react';

/** Which application of the emulator is shown. */
export type Application = {
  /** Its id; undefined: the emulator's own. */
  readonly appId: string | undefined;
  /** Shows another. */
  choose(appId: string | undefined): void;
};

/** The application that the console around shows. */
export const ApplicationContext: Context<Application> = createContext<Application>({
  appId: undefined,
  choose: () => undefined,
});

/** Which application is shown, and how to show another. */
export const useApplication = (): Application => use(ApplicationContext);
