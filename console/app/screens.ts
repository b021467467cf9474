import type { ComponentType } from 'react';
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

/** The screens, in the order of the navigation. The first comes with the console, the others when they are asked for. */
export const SCREENS: readonly ScreenRow[] = [{ name: 'users', label: 'Users', icon: 'users', component: UsersScreen }];
