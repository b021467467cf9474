import { type ReactNode, use } from 'react';
import { Icon } from '../kit/icon.tsx';
import { Menu } from '../kit/menu.tsx';
import { classNames } from '../lib/class-names.ts';
import { RouterContext, useRoute } from './route.ts';
import { SCREENS, type ScreenRow } from './screens.ts';

/** So many screens stand in the bar of a narrow console; the others are in a menu. */
const IN_BAR = 4;

const NavLink = ({ screen, isHere }: { readonly screen: ScreenRow; readonly isHere: boolean }): ReactNode => {
  const router = use(RouterContext);
  const path = `/${screen.name}`;
  return (
    <a
      href={router.href(path)}
      className={classNames('pue-nav-link', isHere && 'pue-nav-here')}
      aria-current={isHere ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        router.go(path);
      }}
    >
      <Icon name={screen.icon} />
      <span>{screen.label}</span>
    </a>
  );
};

/** The screens, at the side of a wide console and at the bottom of a narrow one. */
export const Navigation = (): ReactNode => {
  const router = use(RouterContext);
  const { screen: named } = useRoute();
  const here = SCREENS.find(({ name }) => name === named) ?? SCREENS[0];
  const more = SCREENS.slice(IN_BAR);
  return (
    <nav className="pue-nav" aria-label="Screens">
      <ul className="pue-nav-list">
        {SCREENS.map((screen, at) => (
          <li key={screen.name} className={classNames(at >= IN_BAR && 'pue-nav-rest')}>
            <NavLink screen={screen} isHere={screen === here} />
          </li>
        ))}
      </ul>
      <div className={classNames('pue-nav-more', here && more.includes(here) && 'pue-nav-here')}>
        <Menu
          label="More screens"
          isIconOnly
          look="quiet"
          entries={more.map(({ name, label, icon }) => ({
            id: name,
            label,
            icon,
            onAction: () => router.go(`/${name}`),
          }))}
        />
        <span aria-hidden="true">{here && more.includes(here) ? here.label : 'More'}</span>
      </div>
    </nav>
  );
};
