import { type Content, contentOf } from '@evenkeel/language/content/content';
import type { Particular } from '@evenkeel/language/content/facts';
import { glanceFor } from '@evenkeel/language/content/glance';
import { leastShared } from '@evenkeel/language/content/likeness';
import { ownSentences } from '@evenkeel/language/content/own-sentences';
import { type ReplyNeed, replyNeed } from '@evenkeel/language/reply-need';
import { partsOf } from '@evenkeel/language/text/parts';
import { MAX_READ } from '@evenkeel/language/text/reading';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cite } from '../interaction/cites.store.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  askedOf,
  loadMessages,
  MESSAGES_LOOKED_AT,
  type Message,
  readAsksOf,
} from '../signal/asks.actions.ts';
import { paceOf } from '../signal/days-off.actions.ts';
import type { Reader } from '../signal/reader.ts';
import { comparedAsk, nearest, type SaidBefore } from '../signal/repeats.ts';
import { mannerFor } from '../signal/working.actions.ts';
import { mostOf } from './evidence.ts';
import { newParticulars } from './novelty.facts.ts';
import {
  type Document,
  documentsBefore,
  firstPartyOf,
  type LookedAt,
  loadLookedAt,
} from './novelty.store.ts';
import { contentOfPoint, type PointContent, raisedBy, type Touch, touchesOf } from './novelty.ts';
import { citesOfPoints, type PointCite, type PointRow, pageOfPoints } from './point.store.ts';
import { suggestedTitle } from './point.title.ts';
import { type PointKind, type PointState, STANDING_STATES } from './point.ts';
import { replyLine } from './reply-line.ts';
import { wishesIn } from './wish.ts';

/** A point that a message raises again, with both lines: what was asked before, and what settled it. */
export type Repetition = {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly state: PointState;
  readonly asked: PointCite;
  readonly answer: PointCite | null;
  readonly agreed: PointCite | null;
  /** How often it was asked before this message. */
  readonly count: number;
  /** Words of this message that the point has too: why it was found. */
  readonly words: readonly string[];
  /** One line that answers with the words that settled it, in the language of the message. */
  readonly reply: string | null;
};

/** A point about the same, of which this names another sum, share, date or number. */
export type Near = { readonly number: number; readonly title: string; readonly other: readonly string[] };

/** Something asked, said or threatened in a message. */
export type WishSeen = {
  readonly kind: PointKind;
  readonly cite: Cite;
  readonly title: string;
  /** The point that was made of these words, if somebody did. */
  readonly point: number | null;
  readonly again: readonly Repetition[];
  readonly near: readonly Near[];
  /** Earlier messages that ask the same, of which nobody has made a point. */
  readonly before: readonly SaidBefore[];
};

export type Novelty = {
  readonly interactionId: string;
  readonly partyId: string;
  readonly lang: string;
  readonly wishes: readonly WishSeen[];
  readonly facts: readonly Omit<Particular, 'key'>[];
  readonly documents: readonly Document[];
  /** Whether it needs a reply at all; null where that cannot be said. */
  readonly need: ReplyNeed | null;
  /** With how many earlier messages it was compared, and whether older ones were left out. */
  readonly compared: { readonly messages: number; readonly isCut: boolean };
};

/** What nobody made a point of is looked for in so many messages and asks before; points are known however old. */
const MESSAGES_ASKING = 1000;
const ASKS_COMPARED = 2000;

type NoveltyRefusal = 'interaction-unknown' | 'words-not-theirs';

/**
 * What is new in a message of theirs, and what it raises again. Worked out when it is looked at, and kept nowhere: what a
 * person does not confirm is in no record.
 *
 * @param party whose record it is compared with; the first it is filed under when null
 */
export async function noveltyOf(
  ledger: Ledger,
  reader: Reader,
  id: string,
  party: string | null,
): Promise<Outcome<Novelty, NoveltyRefusal>> {
  const { db, workspaceId } = ledger;
  const partyId = party ?? (await firstPartyOf(db, workspaceId, id));
  const message = partyId === null ? null : await loadLookedAt(db, workspaceId, partyId, id);
  if (!message || partyId === null) return refuse('interaction-unknown');
  if (message.direction === 'outbound') return refuse('words-not-theirs');
  const [found, known, read, before, { zone }] = await Promise.all([
    loadMessages(db, workspaceId, partyId, MESSAGES_LOOKED_AT + 1),
    knownPoints(ledger, partyId, message),
    readWishes(ledger, reader, partyId, message),
    message.attachments.length === 0 ? NO_DOCUMENTS : documentsBefore(db, workspaceId, partyId, message),
    paceOf(ledger),
  ]);
  const isEarlier = ({ interactionId, at }: Message) => interactionId !== id && at <= message.at;
  const earlier = found.filter(isEarlier);
  const seen = wishesSeen(message, read, known, zone);
  const asking = found.slice(-MESSAGES_ASKING).filter(isEarlier);
  const { lang, marks } = read;
  const facts = newParticulars(
    message.text,
    isOwnIn(message.text),
    earlier.slice(-MESSAGES_LOOKED_AT),
    message.people,
  ).map(({ key: _, ...fact }) => fact);
  const documents = message.attachments.filter(({ sha256 }) => !before.has(sha256)).map(documentOf);
  const wishes = seen.map(({ again }) => ({ isAnswered: again.some(({ reply }) => reply !== null) }));
  return accept({
    ...{ interactionId: id, partyId, lang, facts, documents },
    wishes: await withThoseBefore(reader, message, lang, seen, asking),
    need: replyNeed({ lang, wishes, hasNews: facts.length + documents.length > 0, marks }),
    compared: { messages: earlier.length, isCut: found.length > MESSAGES_LOOKED_AT },
  });
}

const NO_DOCUMENTS: ReadonlySet<string> = new Set();

function documentOf({ name, mediaType, sizeBytes, sha256 }: Document): Document {
  return { name, mediaType, sizeBytes, sha256 };
}

function isOwnIn(text: string): (start: number) => boolean {
  const own = partsOf(text.slice(0, MAX_READ)).filter(({ role }) => role === 'own');
  return (start) => own.some((part) => part.start <= start && start < part.end);
}

type ReadWishes = {
  readonly lang: string;
  readonly wishes: ReturnType<typeof wishesIn>;
  readonly marks: readonly { readonly kind: string }[];
};

async function readWishes(
  ledger: Ledger,
  reader: Reader,
  party: string,
  { text }: LookedAt,
): Promise<ReadWishes> {
  const { profile } = await mannerFor(ledger, party);
  const [[asks], { read }] = await Promise.all([
    reader.read('asks', { texts: [text] }),
    reader.read('signals', { texts: [text], profile }),
  ]);
  const marks = read[0]?.findings ?? [];
  const marked = marks.filter(({ band }) => band !== 'low');
  return { lang: asks?.lang ?? 'simple', wishes: wishesIn(asks?.asks ?? [], marked), marks };
}

type KnownPoint = {
  readonly row: PointRow;
  readonly cites: readonly PointCite[];
  /** Words that asked it before this message; empty where it was first asked later. */
  readonly asked: readonly PointCite[];
  readonly content: PointContent | null;
};

const EVERY = { states: STANDING_STATES, after: 0, limit: 100_000 };

async function knownPoints(
  { db, workspaceId }: Ledger,
  party: string,
  { id, at }: LookedAt,
): Promise<readonly KnownPoint[]> {
  const rows = await pageOfPoints(db, workspaceId, party, EVERY);
  const all = await citesOfPoints(
    db,
    workspaceId,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const cites = all.filter(({ pointId }) => pointId === row.id);
    const asked = cites.filter(
      (cite) => cite.role === 'asked' && cite.interactionId !== id && cite.at !== null && cite.at <= at,
    );
    const answered = cites.filter(({ role }) => role === 'answer').map(saidOf);
    const { number, title } = row;
    const content =
      asked.length === 0 ? null : contentOfPoint({ number, title, asked: asked.map(saidOf), answered });
    return { row, cites, asked, content };
  });
}

function saidOf({ interactionId, threadId, lang, quote }: PointCite) {
  return { interactionId, threadId, lang: lang ?? 'simple', quote };
}

function wishesSeen(
  message: LookedAt,
  { lang, wishes }: ReadWishes,
  known: readonly KnownPoint[],
  zone: string,
): readonly WishSeen[] {
  const contents = known.flatMap(({ content }) => content ?? []);
  const repetition = (touch: Touch) => repetitionOf(known, touch, lang, zone);
  const seen = wishes.map(({ kind, start, end, quote }) => {
    const content = contentOf(quote, lang);
    const touches = touchesOf(content, message.threadId, contents);
    const cite = { interactionId: message.id, start, end, quote };
    const again = touches.filter(({ other }) => other.length === 0).map(repetition);
    return {
      kind,
      cite,
      title: suggestedTitle(quote, content),
      point: pointMadeOf(known, cite),
      again,
      near: touches.filter(({ other }) => other.length > 0).map((touch) => nearOf(known, touch)),
      before: [],
    };
  });
  return [...seen, ...saidSeen(message, seen, contents, known, repetition)].sort(
    (one, other) => one.cite.start - other.cite.start,
  );
}

/** Sentences that ask nothing by their form, and raise a point again all the same. */
function saidSeen(
  message: LookedAt,
  seen: readonly WishSeen[],
  contents: readonly PointContent[],
  known: readonly KnownPoint[],
  repetition: (touch: Touch) => Repetition,
): readonly WishSeen[] {
  if (contents.length === 0) return [];
  return ownSentences(message.text)
    .filter(({ start, end }) => !seen.some(({ cite }) => cite.start < end && start < cite.end))
    .flatMap(({ start, end, quote, lang }) => {
      const again = raisedBy(quote, lang, contents).map(repetition);
      if (again.length === 0) return [];
      const cite = { interactionId: message.id, start, end, quote };
      const kind = known.find(({ row }) => row.number === again[0]!.number)!.row.kind;
      return [
        { kind, cite, title: again[0]!.title, point: pointMadeOf(known, cite), again, near: [], before: [] },
      ];
    });
}

function pointMadeOf(known: readonly KnownPoint[], { interactionId, start, end }: Cite): number | null {
  const made = known.find(({ cites }) =>
    cites.some(
      (cite) =>
        cite.role === 'asked' && cite.interactionId === interactionId && cite.start < end && start < cite.end,
    ),
  );
  return made?.row.number ?? null;
}

/**
 * Beside each wish that raises no point again, the earlier messages that ask the same. Only messages that have enough words
 * of it are read.
 */
async function withThoseBefore(
  reader: Reader,
  { id, at, threadId }: LookedAt,
  lang: string,
  seen: readonly WishSeen[],
  earlier: readonly Message[],
): Promise<readonly WishSeen[]> {
  const wanted = seen.map(({ again, cite: { quote } }) =>
    again.length > 0 ? null : comparedAsk({ interactionId: id, threadId, at, number: 1, lang, quote }),
  );
  const mayAsk = mayBeLike(wanted.flatMap((wish) => (wish ? [wish.content] : [])));
  const theirs = earlier.filter(({ side, text }) => side === 'theirs' && mayAsk(text));
  const asks = await readAsksOf(reader, theirs);
  const compared = asks.map(askedOf).slice(-ASKS_COMPARED).map(comparedAsk);
  return seen.map((wish, i) => (wanted[i] ? { ...wish, before: nearest(wanted[i], compared) } : wish));
}

/** Whether something in a text may be about the same as one of these wishes; a look that misses nothing. */
function mayBeLike(wishes: readonly Content[]): (text: string) => boolean {
  const looks = wishes.map((wish) => {
    const glance = glanceFor(wish);
    const least = leastShared(wish);
    return (text: string) => mostOf(glance(text)) >= least;
  });
  return (text) => looks.some((isLike) => isLike(text));
}

function repetitionOf(known: readonly KnownPoint[], touch: Touch, lang: string, zone: string): Repetition {
  const { row, cites, asked } = known.find((each) => each.row.number === touch.number)!;
  const answer = cites.findLast(({ role }) => role === 'answer') ?? null;
  const agreed = row.state === 'agreed' ? (cites.findLast(({ role }) => role === 'agreed') ?? null) : null;
  const { id, number, title, state } = row;
  return {
    ...{ id, number, title, state, answer, agreed },
    asked: asked[0]!,
    count: asked.length,
    words: touch.words,
    reply: replyLine(lang, zone, { answer: dated(answer), agreed: dated(agreed) }),
  };
}

function dated(cite: PointCite | null) {
  return cite?.at ? { quote: cite.quote, at: cite.at } : null;
}

function nearOf(known: readonly KnownPoint[], { number, other }: Touch): Near {
  const { row } = known.find((each) => each.row.number === number)!;
  return { number, title: row.title, other };
}
