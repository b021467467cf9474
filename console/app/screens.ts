import { type ComponentType, lazy } from 'react';
import type { IconName } from '../kit/icon.tsx';
import { UsersScreen } from '../screens/users/users-screen.tsx';

/** A screen of the console. */
export type ScreenRow = {
  /** The first part of its path. */
  readonly name: string;
  readonly label: string;
  readonly icon: IconName;
  readonly component: ComponentType;
};

const Objects = lazy(async () => ({ default: (await import('../screens/objects/objects-screen.tsx')).ObjectsScreen }));
const Inbox = lazy(async () => ({ default: (await import('../screens/inbox/inbox-screen.tsx')).InboxScreen }));
const Requests = lazy(async () => ({
  default: (await import('../screens/requests/requests-screen.tsx')).RequestsScreen,
}));
const Faults = lazy(async () => ({ default: (await import('../screens/faults/faults-screen.tsx')).FaultsScreen }));
const Clock = lazy(async () => ({ default: (await import('../screens/clock/clock-screen.tsx')).ClockScreen }));
const State = lazy(async () => ({ default: (await import('../screens/state/state-screen.tsx')).StateScreen }));
const Application = lazy(async () => ({
  default: (await import('../screens/application/application-screen.tsx')).ApplicationScreen,
}));
const Live = lazy(async () => ({ default: (await import('../screens/live/live-screen.tsx')).LiveScreen }));
const Playground = lazy(async () => ({
  default: (await import('../screens/playground/playground-screen.tsx')).PlaygroundScreen,
}));

/** The screens, in the order of the navigation. The first comes with the console, the others when they are asked for. */
export const SCREENS: readonly ScreenRow[] = [
  { name: 'users', label: 'Users', icon: 'users', component: UsersScreen },
  { name: 'inbox', label: 'Inbox', icon: 'inbox', component: Inbox },
  { name: 'requests', label: 'Requests', icon: 'requests', component: Requests },
  { name: 'clock', label: 'Clock', icon: 'clock', component: Clock },
  { name: 'faults', label: 'Faults', icon: 'faults', component: Faults },
  { name: 'objects', label: 'Objects', icon: 'objects', component: Objects },
  { name: 'state', label: 'State', icon: 'state', component: State },
  { name: 'application', label: 'Application', icon: 'application', component: Application },
  { name: 'live', label: 'Live queries', icon: 'live', component: Live },
  { name: 'playground', label: 'Playground', icon: 'playground', component: Playground },
];
