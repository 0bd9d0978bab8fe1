import { type Content, contentOf } from '@evenkeel/language/content/content';
import { glanceFor, type Hit } from '@evenkeel/language/content/glance';
import { ownSentences } from '@evenkeel/language/content/own-sentences';
import { giveWay } from '../../kernel/give-way.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadMessages, type Message } from '../signal/asks.actions.ts';
import {
  bestLinesAbout,
  type Found,
  type Line,
  type Looked,
  mostInLine,
  mostOf,
  promising,
} from './evidence.ts';
import { contentOfPoint } from './novelty.ts';
import { citesOfPoints, loadPointRow, type PointCite } from './point.store.ts';

/** So many of the newest messages are searched; that older ones are left out is said. */
const MESSAGES_SEARCHED = 2000;

export type Evidence = {
  readonly items: readonly (Found & { readonly weight: 'supports' | 'contradicts' | 'neither' | null })[];
  readonly searched: { readonly messages: number; readonly isCut: boolean };
};

/** What the record of both sides says of what a point is about, in the order of time, with how people have read it. */
export async function evidenceFor(
  { db, workspaceId }: Ledger,
  which: { readonly party: string; readonly number: number },
): Promise<Outcome<Evidence, 'point-unknown'>> {
  const row = await loadPointRow(db, workspaceId, which);
  if (!row) return refuse('point-unknown');
  const [cites, found] = await Promise.all([
    citesOfPoints(db, workspaceId, [row.id]),
    loadMessages(db, workspaceId, which.party, MESSAGES_SEARCHED + 1),
  ]);
  const asked = cites.filter(({ role }) => role === 'asked');
  const { all } = contentOfPoint({ ...row, asked: asked.map(saidOf), answered: [] });
  const messages = found.slice(-MESSAGES_SEARCHED);
  const lines = await linesAbout(all, messages, (line) => asked.some((cite) => isSamePlace(cite, line)));
  return accept({
    items: lines.map((line) => ({ ...line, weight: weightOf(cites, line) })),
    searched: { messages: messages.length, isCut: found.length > messages.length },
  });
}

function saidOf({ interactionId, threadId, lang, quote }: PointCite) {
  return { interactionId, threadId, lang: lang ?? 'simple', quote };
}

/** The lines that speak of it. Most messages are only looked over: reading what a sentence is about is much dearer. */
export async function linesAbout(
  content: Content,
  messages: readonly Message[],
  isAsking: (line: Place) => boolean,
): Promise<readonly Found[]> {
  const best = bestLinesAbout(content);
  for (const { message, place, hits, most } of promising(await lookedOver(content, messages))) {
    if (!best.wants(most, place)) break;
    for (const line of linesIn(message, hits, (inIt) => best.wants(mostOf(inIt), place)))
      if (!isAsking(line)) best.add(line, place);
  }
  return best.inTime();
}

async function lookedOver(
  content: Content,
  messages: readonly Message[],
): Promise<readonly Looked<Message>[]> {
  const glance = glanceFor(content);
  const looked: Looked<Message>[] = [];
  for (const [place, message] of messages.entries()) {
    await giveWay();
    const hits = glance(message.text);
    looked.push({ message, place, hits, most: mostInLine(message.text, hits) });
  }
  return looked;
}

/** The sentences of a message in which something is hit, as long as they are worth it. */
function linesIn(
  { interactionId, at, side, text }: Message,
  hits: readonly Hit[],
  isWorth: (hits: readonly Hit[]) => boolean,
): readonly Line[] {
  return ownSentences(text)
    .filter(({ start, end }) => isWorth(hits.filter((hit) => hit.start < end && start < hit.end)))
    .map(({ start, end, quote, lang }) => ({
      ...{ interactionId, at, side, start, end, quote },
      content: contentOf(quote, lang),
    }));
}

type Place = Pick<Line, 'interactionId' | 'start' | 'end'>;

function isSamePlace(
  cite: Pick<PointCite, 'interactionId' | 'start' | 'end'>,
  { interactionId, start, end }: Place,
): boolean {
  return cite.interactionId === interactionId && cite.start < end && start < cite.end;
}

function weightOf(cites: readonly PointCite[], line: Found): Evidence['items'][number]['weight'] {
  const role = cites.findLast(
    (cite) => ['supports', 'contradicts', 'neither'].includes(cite.role) && isSamePlace(cite, line),
  )?.role;
  return role === 'supports' || role === 'contradicts' || role === 'neither' ? role : null;
}
