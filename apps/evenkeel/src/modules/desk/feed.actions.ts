import { createHash, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../../kernel/brand.ts';
import { addDays, endOfDay, localOf } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { workCalendar } from '../signal/days-off.actions.ts';
import { duesUntil } from './calendar.actions.ts';
import {
  deleteFeed,
  type Feed,
  insertFeed,
  type KeptFeed,
  loadFeeds,
  renewFeed,
  saveFeedRead,
} from './feed.store.ts';
import { feedOf } from './feed.ts';
import type { FeedLang } from './feed.words.ts';
import { withNames } from './named-due.actions.ts';

export type FeedRefusal = 'feed-unknown' | 'too-many-feeds' | 'too-many-tries';

const TOKEN_BYTES = 32;
const MOST_FEEDS = 20;
const AHEAD_DAYS = 400;

/** The secret part of an address, shown this once. */
type Shown = { readonly id: string; readonly path: string };

export async function makeFeed(
  { db, workspaceId, chance, newId }: Ledger,
  actor: Actor,
  { hasNames, lang }: { readonly hasNames: boolean; readonly lang: FeedLang },
): Promise<Outcome<Shown, FeedRefusal>> {
  const own = (await loadFeeds(db, workspaceId)).filter((feed) => feed.actor === actor);
  if (own.length >= MOST_FEEDS) return refuse('too-many-feeds', { most: MOST_FEEDS });
  const [id, token] = [newId(), tokenFrom(chance.bytes(TOKEN_BYTES))];
  const at = chance.now();
  await insertFeed(db, workspaceId, { id, actor, tokenSha256: digestOf(token), hasNames, lang, at });
  return accept({ id, path: pathOf(token) });
}

/** Gives it a new address; the old one opens nothing any more. */
export async function renewToken(
  { db, workspaceId, chance }: Ledger,
  actor: Actor,
  id: string,
): Promise<Outcome<Shown, FeedRefusal>> {
  const token = tokenFrom(chance.bytes(TOKEN_BYTES));
  const isDone = await renewFeed(db, workspaceId, id, actor, digestOf(token), chance.now());
  return isDone ? accept({ id, path: pathOf(token) }) : refuse('feed-unknown');
}

export async function feedsOf({ db, workspaceId }: Ledger, actor: Actor): Promise<readonly Feed[]> {
  const own = (await loadFeeds(db, workspaceId)).filter((feed) => feed.actor === actor);
  return own.map(({ id, hasNames, lang, madeAt, readAt }) => ({ id, hasNames, lang, madeAt, readAt }));
}

export async function revokeFeed(
  { db, workspaceId }: Ledger,
  actor: Actor,
  id: string,
): Promise<Outcome<null, FeedRefusal>> {
  return (await deleteFeed(db, workspaceId, id, actor)) ? accept(null) : refuse('feed-unknown');
}

/** What is open and due until a year from now, for whoever holds the secret part of the address. */
export async function readFeed(
  ledger: Ledger,
  tries: Tries,
  token: string,
  origin: string,
): Promise<Outcome<string, FeedRefusal>> {
  const { db, workspaceId, chance } = ledger;
  const now = chance.now();
  if (tries.isSpent(now)) return refuse('too-many-tries');
  const feed = holderOf(await loadFeeds(db, workspaceId), token);
  if (!feed) {
    tries.missed(now);
    return refuse('feed-unknown');
  }
  await saveFeedRead(db, workspaceId, feed.id, now);
  const calendar = await workCalendar(ledger);
  const until = endOfDay(calendar, addDays(localOf(calendar, now).date, AHEAD_DAYS));
  const dues = await withNames(ledger, calendar, await duesUntil(ledger, calendar, now, until, null));
  return accept(feedOf(dues, workspaceId, now, { ...feed, origin }));
}

/** Every feed is compared, and each in full: how long it takes says nothing of the secret. */
function holderOf(feeds: readonly KeptFeed[], token: string): KeptFeed | null {
  const given = digestOf(token);
  let holder: KeptFeed | null = null;
  for (const feed of feeds) if (timingSafeEqual(feed.tokenSha256, given)) holder = feed;
  return holder;
}

function tokenFrom(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function pathOf(token: string): string {
  return `/api/calendar/feed/${token}.ics`;
}

/** Counts addresses that open nothing. The secret is far too long to be guessed; this keeps the guessing cheap for us. */
export type Tries = {
  readonly isSpent: (now: Instant) => boolean;
  readonly missed: (now: Instant) => void;
};

const MOST_MISSES = 30;
const WINDOW_MS = 60_000;

export function countTries(): Tries {
  let misses: number[] = [];
  const recent = (now: Instant) => misses.filter((at) => at > Date.parse(now) - WINDOW_MS);
  return {
    isSpent: (now) => recent(now).length >= MOST_MISSES,
    missed: (now) => {
      misses = [...recent(now), Date.parse(now)];
    },
  };
}
