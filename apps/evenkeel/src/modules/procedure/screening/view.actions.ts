import type { Actor } from '../../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { pageOf, type TimeKey } from '../../../kernel/paging.ts';
import type { Ledger } from '../../ledger/ledger.actions.ts';
import { readText } from '../../signal/language.actions.ts';
import type { Reader } from '../../signal/reader.ts';
import { matchesOf } from './match.actions.ts';
import { loadPriceSheet, privateReasonOf, savePriceSheet } from './private.store.ts';
import { inquiryRules } from './rules.store.ts';
import {
  answersOf,
  decisionsOf,
  inquiryText,
  keysOf,
  loadScreening,
  pageOfScreenings,
} from './screening.store.ts';
import { isPart, type Surcharge } from './screening.ts';
import { loadWarnings } from './warning.store.ts';

/** Inquiries, the newest first; of each, whom it may be from is counted as it is seen now. */
export async function screeningsPage(ledger: Ledger, after: TimeKey | null, limit: number) {
  const rows = await pageOfScreenings(ledger.db, ledger.workspaceId, after, limit + 1);
  const page = pageOf(rows, limit);
  const matches = await matchesOf(ledger, ledger.db, page.items);
  const items = page.items.map((row) => {
    const open = (matches.get(row.id) ?? []).filter(({ verdict }) => verdict?.verdict !== 'different');
    return { ...row, matches: open.filter(({ level }) => level !== 'too-old').length };
  });
  return { ...page, items };
}

/** One inquiry: its words and what to ask about them, answers, whom it may be from, and what was decided. */
export async function screeningView(ledger: Ledger, reader: Reader, dataDir: string, id: string) {
  const { db, workspaceId, chance } = ledger;
  const screening = await loadScreening(db, workspaceId, id);
  if (!screening) return refuse('screening-unknown');
  const text = await inquiryText(db, workspaceId, screening.interactionId);
  const [rules, read, answers, keys, matches, decisions, warnings] = await Promise.all([
    inquiryRules(dataDir),
    // What the words show is looked at anew each time, and nothing of it is kept.
    readText(ledger, reader, { text, lang: null, party: null }),
    answersOf(db, workspaceId, id),
    keysOf(db, workspaceId, [id]),
    matchesOf(ledger, db, [screening]),
    decisionsOf(db, workspaceId, id),
    loadWarnings(db, workspaceId, [screening.partyId]),
  ]);
  const now = chance.now();
  return accept({
    ...screening,
    ...{ text, answers, decisions },
    lang: read.ok ? read.value.lang : screening.lang,
    flags: read.ok ? read.value.inquiry.filter(({ band }) => band !== 'low') : [],
    questions: rules.questions.map(({ id: question, says }) => ({ id: question, says })),
    identifiers: keys.map(({ kind, value, written, usedAt }) => ({ kind, value, written, usedAt })),
    matches: matches.get(id) ?? [],
    warnings: warnings.filter(({ expiresAt }) => expiresAt > now),
  });
}

/** Why we decided so, for ourselves; null before anybody wrote it. */
export async function readPrivateReason({ db, workspaceId }: Ledger, id: string) {
  if (!(await loadScreening(db, workspaceId, id))) return refuse('screening-unknown');
  return accept({ reason: await privateReasonOf(db, workspaceId, id) });
}

export type SheetRefusal = 'service-unnamed' | 'surcharge-unusable';

/** What a service costs on top, with names to begin with. */
export async function readPriceSheet({ db, workspaceId }: Ledger, dataDir: string) {
  const [items, { services }] = await Promise.all([loadPriceSheet(db, workspaceId), inquiryRules(dataDir)]);
  return { items, suggestions: services };
}

/** Keeps what services cost on top, as a setting of ours: nothing is recorded. A decision copies the lines it uses. */
export async function setPriceSheet(
  { db, workspaceId, chance, newId }: Ledger,
  by: Actor,
  wishes: readonly (Omit<Surcharge, 'id'> & { readonly id: string | null })[],
): Promise<Outcome<null, SheetRefusal>> {
  const lines: Surcharge[] = [];
  for (const [i, wish] of wishes.entries()) {
    const service = wish.service.trim();
    if (service === '') return refuse('service-unnamed', { at: `items.${i}` });
    if (!isPart(wish)) return refuse('surcharge-unusable', { at: `items.${i}`, service });
    lines.push({ ...wish, service, id: wish.id ?? newId() });
  }
  await db.transaction().execute((tx) => savePriceSheet(tx, workspaceId, lines, by, chance.now()));
  return accept(null);
}
