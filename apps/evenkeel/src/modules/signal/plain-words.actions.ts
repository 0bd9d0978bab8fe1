import { detectLanguage } from '@evenkeel/language/analyse';
import type { RuleLang } from '@evenkeel/language/finding';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import {
  deletePlainWords,
  loadPlainWords,
  MOST_PLAIN_WORDS,
  type PlainWords,
  savePlainWords,
} from './plain-words.store.ts';
import type { SignalRefusal } from './signal.ts';
import type { By } from './working.actions.ts';

/** The terms that are said to a client in plain words. */
export async function plainWordsFor(
  { db, workspaceId }: Ledger,
  party: string,
): Promise<Outcome<readonly PlainWords[], SignalRefusal>> {
  if (!(await loadParty(db, workspaceId, party))) return refuse('party-unknown');
  return accept(await loadPlainWords(db, workspaceId, party));
}

/** @property plain null: it is kept no more @property lang in which both are said; null where their words show it */
type Wish = { readonly term: string; readonly plain: string | null; readonly lang: RuleLang | null };

/** Keeps what a term is called to a client, or does so no more. It is a working note: in no record, and seen by no client. */
export async function sayPlainly(
  ledger: Ledger,
  by: By,
  party: string,
  wish: Wish,
): Promise<Outcome<null, SignalRefusal>> {
  const { db, workspaceId, chance } = ledger;
  const known = await plainWordsFor(ledger, party);
  if (!known.ok) return known;
  const [term, plain] = [oneLine(wish.term), oneLine(wish.plain ?? '')];
  const lang = wish.lang ?? languageOf(`${term} ${plain}`);
  if (term === '') return refuse('term-missing');
  const isNew = !known.value.some(
    (one) => one.lang === lang && one.term.toLowerCase() === term.toLowerCase(),
  );
  if (plain === '') await deletePlainWords(db, workspaceId, party, { lang, term });
  else if (isNew && known.value.length >= MOST_PLAIN_WORDS)
    return refuse('terms-full', { most: MOST_PLAIN_WORDS });
  else await savePlainWords(db, workspaceId, party, { lang, term, plain }, by.name, chance.now());
  return accept(null);
}

function oneLine(words: string): string {
  return words.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function languageOf(words: string): RuleLang {
  const lang = detectLanguage(words);
  return lang === 'simple' ? 'en' : lang;
}
