import { t } from '../words/t.ts';
import type { ClauseKind, ClauseWish, Lang, Worded } from './shapes.ts';

export const KINDS = [
  'scope_in',
  'scope_out',
  'content_limits',
  'channels',
  'hours',
  'response_time',
  'conduct',
  'escalation',
  'payment',
  'data',
  'other',
] as const satisfies readonly ClauseKind[];
export const WAYS = ['mail', 'chat', 'call', 'meeting', 'platform', 'letter'] as const;
export const ESCALATIONS = ['notice', 'pause', 'mediator', 'court'] as const;
export const LANGS = ['en', 'ru', 'fi'] as const satisfies readonly Lang[];

/** The language of the page, when texts exist in it. */
export function langNow(tag: string): Lang {
  return LANGS.find((lang) => tag.startsWith(lang)) ?? 'en';
}

/** Words in a language, else in another one: better than none. */
export function inLang(words: Worded, lang: Lang): string {
  return words[lang] ?? words.en ?? words.ru ?? words.fi ?? '';
}

export function kindSays(kind: ClauseKind): string {
  return t(`clause.kind-${kind}`);
}

/** 1240.00 EUR as the reader writes it. */
export function money(amount: string, currency: string, tag: string): string {
  return new Intl.NumberFormat(tag, { style: 'currency', currency }).format(Number(amount));
}

/** A clause of a kind, before anybody wrote it. @param zone whose hours are meant */
export function blankClause(kind: ClauseKind, zone: string): ClauseWish {
  const says = '';
  switch (kind) {
    case 'hours':
      return { kind, says, zone, workDays: [1, 2, 3, 4, 5], from: '09:00', until: '17:00', holidays: '' };
    case 'response_time':
      return { kind, says, within: { count: 2, unit: 'working-days' } };
    case 'channels':
      return { kind, says, ways: ['mail'] };
    case 'escalation':
      return {
        kind,
        says,
        steps: ESCALATIONS.map((step) => ({ step, says: t(`clause.step-${step}`), after: null })),
      };
    case 'payment':
      return { kind, says, currency: 'EUR', price: null, per: null, termDays: 14 };
    default:
      return { kind, says };
  }
}
