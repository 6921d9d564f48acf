const paths = {
  inbox: 'M3 13h5l1.500 3h5L16 13h5M5 5h14l2 8v6H3v-6z',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20.500 20.500 16 16',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M16 4.500a3.500 3.500 0 0 1 0 6.200M18 14.200a6.500 6.500 0 0 1 3.500 5.800',
  settings: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.500l4.500 4.500L19 7',
  doubleCheck: 'M2.500 12.500 7 17l9-10M11.500 16.500 12 17l9-10',
  clock: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2',
  alert: 'M12 4 2.500 20h19zM12 10v4.500M12 17.200v.300',
  send: 'M4 12 20 4l-5 16-3.500-6.500z',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5',
  spark:
    'M12 3l1.800 5.200L19 10l-5.200 1.800L12 17l-1.800-5.200L5 10l5.200-1.800zM18.500 16l.700 2 2 .700-2 .700-.700 2-.700-2-2-.700 2-.700z',
  tag: 'M4 4h8l8 8-8 8-8-8zM8 8v.100',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500a7.500 7.500 0 0 1 15 0',
  flag: 'M6 21V4h12l-3 4.500 3 4.500H6',
  moon: 'M19.500 14.500A8 8 0 1 1 9.500 4.500a6.500 6.500 0 0 0 10 10z',
  plus: 'M12 5v14M5 12h14',
  reply: 'M10 7 4.500 12 10 17M4.500 12H14a6 6 0 0 1 6 6',
  more: 'M5.500 12h.100M12 12h.100M18.500 12h.100',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  pin: 'M12 21s7-6.500 7-11.500a7 7 0 0 0-14 0C5 14.500 12 21 12 21zM12 12a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  card: 'M3 5h18v14H3zM9 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.500 16a3.500 3.500 0 0 1 7 0M15 10h3.500M15 13.500h3.500',
  link: 'M10 14a4 4 0 0 0 6 .500l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-6-.500l-3 3a4 4 0 0 0 5.700 5.700l1-1',
  keyboard: 'M2.500 6h19v12h-19zM6 10h.100M9.500 10h.100M13 10h.100M16.500 10h.100M8 14h8',
  book: 'M4 5c3-1 6-.500 8 1 2-1.500 5-2 8-1v14c-3-1-6-.500-8 1-2-1.500-5-2-8-1zM12 6v14',
  bot: 'M5 9h14v10H5zM12 9V5M12 5h.100M9 13v1.500M15 13v1.500M2.500 13v3M21.500 13v3',
  key: 'M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 11h9M18 11v4',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  bolt: 'M13 3 5 14h6l-1 7 8-11h-6z',
  pause: 'M8 5v14M16 5v14',
  play: 'M8 5l11 7-11 7z',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 20.500h4',
  smile: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM9 10h.100M15 10h.100M8.500 14.500a4.500 4.500 0 0 0 7 0',
  exit: 'M10 4H4v16h6M15 8l4 4-4 4M19 12H9',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing that never speaks for itself: the text or label beside it does. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
