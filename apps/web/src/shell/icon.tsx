/** Sixteen units square, one stroke: drawn here so that no icon font or set is loaded. */
const PATHS = {
  today: 'M3 4.500h10v9H3zM3 7.500h10M6 2.500v3M10 2.500v3',
  calendar: 'M3 4h10v9.500H3zM3 7h10M5.500 2.500V5M10.500 2.500V5M5.500 9.500h1M9.500 9.500h1M5.500 11.500h1',
  clients: 'M8 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3 13.500c.5-2.700 2.400-4 5-4s4.500 1.300 5 4',
  cases: 'M2.500 5h11v8h-11zM6 5V3h4v2M2.500 8.500h11',
  record: 'M3.500 3h9M3.500 6.300h9M3.500 9.700h9M3.500 13h6',
  add: 'M8 3v10M3 8h10',
  find: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.800 10.800 14 14',
  lock: 'M4 7.500h8v6H4zM5.500 7.500v-2a2.500 2.500 0 0 1 5 0v2',
  clip: 'M11.500 7.500 7.300 11.700a2 2 0 0 1-2.900-2.900L9.200 4a3 3 0 0 1 4.300 4.300l-5 5',
  copies: 'M5.500 5.500h7v7h-7zM3.500 10.500v-7h7',
  back: 'M9.500 3.500 5 8l4.500 4.500',
  close: 'M4 4l8 8M12 4l-8 8',
  out: 'M3 8h9M8.500 4.500 12 8l-3.500 3.500',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
