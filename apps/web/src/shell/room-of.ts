/** Each first part of a path, and the room of the bar that it is part of: whoever opened the page came from there. */
const ROOM_OF: Readonly<Record<string, string>> = {
  '': '/',
  clients: '/clients',
  screening: '/clients',
  cases: '/cases',
  complaints: '/cases',
  policies: '/cases',
  record: '/record',
  interactions: '/record',
  runs: '/record',
  bundles: '/record',
  custody: '/record',
  kept: '/record',
  trust: '/record',
  erase: '/record',
  calendar: '/calendar',
  us: '/us',
  people: '/us',
  mailboxes: '/us',
  phones: '/us',
  language: '/us',
  welcome: '/welcome',
  import: '/welcome',
  paste: '/welcome',
  'by-hand': '/welcome',
};

/**
 * The room in which one stands.
 *
 * @returns The path of the room's link; undefined where nothing of ours is.
 * @example roomOf('/screening/scr_1') // '/clients'
 */
export function roomOf(pathname: string): string | undefined {
  return ROOM_OF[pathname.split('/')[1] ?? ''];
}
