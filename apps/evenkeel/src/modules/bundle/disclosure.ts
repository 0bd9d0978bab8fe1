/** What a native file may say of us beyond its words. */
export const DISCLOSING = [
  'name',
  'position',
  'device',
  'owner',
  'author',
  'zone',
  'host',
  'address',
  'program',
  'folder',
  'unread',
] as const;
export type DisclosingKind = (typeof DISCLOSING)[number];

/** One thing that gives us away: what, where it stands, and its words, shortened. For our own eyes. */
export type Disclosing = {
  readonly kind: DisclosingKind;
  /** The name of the attachment or of the header; null for the words themselves. */
  readonly where: string | null;
  readonly says: string;
};

/** A native file of a bundle with what it gives away; it is sent or withheld as a whole. */
export type DisclosingItem = {
  readonly interactionId: string;
  readonly at: string;
  readonly direction: 'inbound' | 'outbound' | 'internal' | null;
  readonly subject: string | null;
  readonly found: readonly Disclosing[];
};

export type DisclosureChoice = 'send' | 'withhold';
/**
 * One word for all; or one for each kind of thing that gives us away, with the records that are an exception; null while
 * nobody chose. `careful` withholds where a name of ours is kept apart, and sends elsewhere.
 */
export type DisclosureWish =
  | DisclosureChoice
  | 'careful'
  | {
      readonly kinds?: Readonly<Partial<Record<DisclosingKind, DisclosureChoice>>> | undefined;
      readonly send: readonly string[];
      readonly withhold: readonly string[];
    }
  | null;

/** Nothing of one file is listed more often than this. */
const MOST_EACH = 40;
const MOST_WORDS = 160;

export function disclosing(kind: DisclosingKind, where: string | null, says: string): Disclosing {
  const clean = says.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return { kind, where, says: [...clean].slice(0, MOST_WORDS).join('') };
}

/** Each once, and not without end. */
export function distinct(found: readonly Disclosing[]): readonly Disclosing[] {
  const byWords = new Map(
    found.filter(({ says }) => says !== '').map((one) => [`${one.kind}\0${one.where}\0${one.says}`, one]),
  );
  return [...byWords.values()].slice(0, MOST_EACH);
}

const FOLDERS = [
  /(?:file:\/\/\/?)?(?:\/home\/|\/Users\/)[^/\s"'<>|:*?\\]{1,80}(?:\/[^\s"'<>|:*?\\]{0,200})?/g,
  /(?:file:\/\/\/?)?[A-Za-z]:[\\/]{1,2}(?:Users|Documents and Settings|Пользователи)[\\/]{1,2}[^\\/\s"'<>|:*?]{1,80}(?:[\\/][^\s"'<>|:*?]{0,200})?/g,
];

/** Folders of somebody's own, as programs write them into what they make. */
export function foldersIn(text: string, where: string | null): readonly Disclosing[] {
  return FOLDERS.flatMap((pattern) =>
    [...text.slice(0, 2_000_000).matchAll(pattern)]
      .slice(0, MOST_EACH)
      .map(([found]) => disclosing('folder', where, found)),
  );
}

/** How each found file is treated, or null when something was found that nobody decided about. */
export function choicesFor(
  items: readonly DisclosingItem[],
  wish: DisclosureWish,
  isGuarded: boolean,
): ReadonlyMap<string, DisclosureChoice> | null {
  const chosen = items.map((item) => [item.interactionId, choiceOf(item, wish, isGuarded)] as const);
  return chosen.some(([, choice]) => choice === null)
    ? null
    : new Map(chosen as readonly (readonly [string, DisclosureChoice])[]);
}

function choiceOf(
  { interactionId: id, found }: DisclosingItem,
  wish: DisclosureWish,
  isGuarded: boolean,
): DisclosureChoice | null {
  if (wish === 'careful') return isGuarded ? 'withhold' : 'send';
  if (typeof wish === 'string') return wish;
  if (wish?.withhold.includes(id)) return 'withhold';
  if (wish?.send.includes(id)) return 'send';
  const byKind = found.map(({ kind }) => wish?.kinds?.[kind] ?? (isGuarded ? null : 'send'));
  // A file goes as a whole: one thing in it that stays here keeps all of it.
  if (byKind.includes('withhold')) return 'withhold';
  return byKind.includes(null) ? null : 'send';
}
