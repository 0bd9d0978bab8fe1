import type { Instant } from '../../src/kernel/instant.ts';
import type { Measured } from '../../src/modules/signal/course.ts';
import type { Mirrored } from '../../src/modules/signal/mirror.ts';
import type { Measure, OwnWords } from '../../src/modules/signal/reader.ts';

type Said = {
  readonly side: 'theirs' | 'ours';
  readonly at: string;
  readonly text?: string;
  readonly threadId?: string | null;
  readonly recipients?: number;
  readonly isTimed?: boolean;
  readonly asks?: readonly string[];
  readonly ours?: Partial<OwnWords>;
  readonly measure?: Partial<Measure>;
};

/** Messages of a relationship as they are loaded, with what was read in them. */
export function relation(said: readonly Said[]): readonly (Measured & Mirrored)[] {
  return said.map(({ side, at, text = 'Some words.', ...more }, i) => ({
    interactionId: `mail-${i}`,
    at: at as Instant,
    side,
    isTimed: more.isTimed ?? true,
    threadId: more.threadId ?? null,
    recipients: more.recipients ?? 1,
    lead: text,
    asks: more.asks ?? [],
    ours:
      side === 'ours' ? { lang: 'en', rude: [], promised: [], announced: [], own: text, ...more.ours } : null,
    measure: {
      ownUnits: text.length,
      markedUnits: 0,
      threats: 0,
      toxicity: null,
      quotes: [],
      ...more.measure,
    },
  }));
}
