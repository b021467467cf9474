import type { ReactNode } from 'react';

/** The drawings, on a field of 20 by 20, as paths of a line. */
const PATHS = {
  users:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.5 7c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5M13 3.8a3 3 0 0 1 0 5.5M15 12.4c1.9.6 3 2 3 4.1',
  objects: 'M10 2.5 17 6v8l-7 3.5L3 14V6l7-3.5ZM3 6l7 3.5L17 6M10 9.5v8',
  inbox:
    'M3 11.5V5a1.5 1.5 0 0 1 1.5-1.5h11A1.5 1.5 0 0 1 17 5v6.5m-14 0V15a1.5 1.5 0 0 0 1.5 1.5h11A1.5 1.5 0 0 0 17 15v-3.5m-14 0h4l1 2h4l1-2h4',
  requests: 'M3 6.5h13m0 0-3-3m3 3-3 3M17 13.5H4m0 0 3-3m-3 3 3 3',
  faults: 'M11 2.5 4.5 11H10l-1 6.5L15.5 9H10l1-6.5Z',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 5.5V10l3 2',
  state:
    'M10 7.5c3.6 0 6.5-1.1 6.5-2.5S13.6 2.5 10 2.5 3.5 3.6 3.5 5 6.4 7.5 10 7.500ZM3.5 5v10c0 1.4 2.9 2.5 6.5 2.500s6.5-1.1 6.5-2.500V5M3.5 10c0 1.4 2.9 2.5 6.5 2.500s6.5-1.1 6.5-2.5',
  application:
    'M3 5.500h8m4 0h2M3 10h3m4 0h7M3 14.500h7m4 0h3M13 7.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM12 16.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  live: 'M10 11.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM6.5 13.500a5 5 0 0 1 0-7M13.5 6.500a5 5 0 0 1 0 7M4 16a8.5 8.5 0 0 1 0-12M16 4a8.5 8.5 0 0 1 0 12',
  playground: 'M6 3.500v13L16.5 10 6 3.500Z',
  more: 'M4.4 10a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M9.4 10a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0M14.4 10a.6.6 0 1 0 1.2 0 .6.6 0 1 0-1.2 0',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12ZM13.5 13.5 17 17',
  close: 'M5 5l10 10M15 5 5 15',
  plus: 'M10 4v12M4 10h12',
  down: 'M5 7.500l5 5 5-5',
  up: 'M5 12.500l5-5 5 5',
  right: 'M7.5 5l5 5-5 5',
  back: 'M12.5 5l-5 5 5 5',
  check: 'M4 10.500l4 4 8-9',
  copy: 'M7 7V4.500A1.5 1.5 0 0 1 8.5 3h7A1.5 1.5 0 0 1 17 4.500v7a1.5 1.5 0 0 1-1.5 1.500H13M4.5 7h7A1.5 1.5 0 0 1 13 8.500v7a1.5 1.5 0 0 1-1.5 1.500h-7A1.5 1.5 0 0 1 3 15.500v-7A1.5 1.5 0 0 1 4.5 7Z',
  trash: 'M3.5 5.500h13M8 5.500V3.500h4v2M5 5.500l.7 11h8.600l.7-11M8.5 9v4.500M11.5 9v4.5',
  key: 'M12.5 11.500a4 4 0 1 0-3.8-2.700L3 14.500V17h2.500v-2H8v-2.500l.8-.800a4 4 0 0 0 3.7-.200ZM13.5 7h.01',
  eye: 'M2 10s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.500S2 10 2 10Zm8 2.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  eyeOff:
    'M3 3l14 14M8 4.700A8 8 0 0 1 10 4.500c5 0 8 5.5 8 5.500a14 14 0 0 1-2.3 2.900M5.5 6.200A13.5 13.5 0 0 0 2 10s3 5.5 8 5.500a8 8 0 0 0 3.5-.8',
  undo: 'M7 8H3V4M3.3 8A7 7 0 1 1 3 11',
  sun: 'M10 13.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM10 1.500v2M10 16.500v2M1.5 10h2M16.5 10h2M4 4l1.4 1.400M14.6 14.6 16 16M4 16l1.4-1.400M14.6 5.4 16 4',
  moon: 'M16.5 12A7 7 0 0 1 8 3.500a7 7 0 1 0 8.5 8.500Z',
  link: 'M8.5 11.500a3.5 3.5 0 0 0 5 0l2.5-2.500a3.5 3.5 0 0 0-5-5L10 5M11.5 8.500a3.5 3.5 0 0 0-5 0L4 11a3.5 3.5 0 0 0 5 5l1-1',
  alert: 'M10 3 2 16.500h16L10 3ZM10 8v4M10 14.500h.01',
  pause: 'M7 4v12M13 4v12',
  download: 'M10 3v9.500m0 0 3.5-3.500M10 12.5 6.5 9M3.5 16.500h13',
  mail: 'M3 5h14v10.500H3zM3 5.500l7 5.5 7-5.5',
  replay: 'M13 8h4V4M16.7 8A7 7 0 1 0 17 11',
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof PATHS;

/** A drawing. It says nothing to who cannot see it: a name stands beside it, or on what it is in. */
export const Icon = ({ name, size = 18 }: { readonly name: IconName; readonly size?: number }): ReactNode => (
  <svg className="pue-icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path
      d={PATHS[name]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
