import type { LiveNote, LiveRules } from '../generated/types.gen.ts';

export type Topic = LiveRules['rules'][number]['topic'];
export type LiveLang = NonNullable<LiveRules['lang']>;
export const TOPICS = ['threat', 'money', 'data', 'limits'] as const satisfies readonly Topic[];
export const LIVE_LANGS = ['en', 'ru', 'fi'] as const satisfies readonly LiveLang[];

/** A live session that goes on, or has ended and waits for its last answers. */
export type Session = {
  readonly id: string;
  readonly handle: string;
  /** UTC ISO */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** The language the viewer reads. */
  readonly lang: LiveLang;
  readonly topic: Topic;
  readonly counts: Readonly<Partial<Record<Topic, number>>>;
  readonly noted: number;
  readonly rules: LiveRules | null;
};

export type Noting = {
  readonly text: string;
  readonly quotes?: readonly string[];
  /** A bare PNG, base64. */
  readonly shot?: string | null;
  readonly topic?: Topic;
};

export function newSession(handle: string, lang: LiveLang, rules: LiveRules | null, now: Date): Session {
  const counting = { topic: 'limits', counts: {}, noted: 0 } as const;
  return { id: newId(), handle, startedAt: now.toISOString(), endedAt: null, lang, rules, ...counting };
}

/** A note at this moment, and the session that has one more of them. */
export function noteIn(
  session: Session,
  { text, quotes = [], shot = null, topic }: Noting,
  now: Date,
): { readonly note: LiveNote; readonly session: Session } {
  const said = quotes.map((quote) => quote.trim()).filter((quote) => quote !== '');
  const { id, handle, counts } = session;
  const note = {
    ...base(id, handle),
    at: now.toISOString(),
    kind: 'note' as const,
    text,
    quotes: said,
    shot,
  };
  const counted = topic ? { topic, counts: { ...counts, [topic]: (counts[topic] ?? 0) + 1 } } : {};
  return { note, session: { ...session, ...counted, noted: session.noted + 1 } };
}

/** The session itself, from its first minute to now. */
export function endOf(
  session: Session,
  text: string,
  now: Date,
): { readonly note: LiveNote; readonly session: Session } {
  const { id, handle, startedAt } = session;
  const durationMin = Math.max(0, Math.floor((now.getTime() - Date.parse(startedAt)) / 60_000));
  const note = { ...base(id, handle), at: startedAt, kind: 'end' as const, text, durationMin };
  return { note, session: { ...session, endedAt: now.toISOString() } };
}

function base(session: string, handle: string) {
  return { id: newId(), session, handle, quotes: [] as string[], durationMin: null, shot: null };
}

/** What is said at a step, in the viewer's language where there are words in it, with how often it was until now. */
export function wordsOfStep(
  { rules, topic, lang, counts }: Session,
  action: 'reminder' | 'warning' | 'restriction',
): { readonly words: string; readonly lang: LiveLang } | null {
  const rule = rules?.rules.find((one) => one.topic === topic);
  const step = rule?.steps.find((one) => one.action === action);
  const tongue = [lang, ...LIVE_LANGS].find((one) => step?.texts[one]);
  if (!rule || !step || !tongue) return null;
  const count = Math.max(1, rule.count + (counts[topic] ?? 0));
  return { words: step.texts[tongue]!.replaceAll('{{count}}', String(count)), lang: tongue };
}

/** A UUIDv7, made without `randomUUID`, which plain HTTP lacks. @source RFC 9562 §5.7 */
export function newId(nowMs = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(nowMs / 256 ** (5 - i)) % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
