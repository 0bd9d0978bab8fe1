import { localOf } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { dateIn } from '../agreement/told.ts';
import { fieldName, fieldsIn, fillFields, RECORD_FIELDS } from './fields.ts';
import type { Lang, Pack, Words3 } from './pack.ts';
import { letterNow, type PointState, type ProcedureState } from './state.ts';

/** What a letter is filled with beside the state of its procedure. */
export type LetterSetting = {
  readonly lang: Lang;
  readonly zone: string;
  readonly client: string;
  readonly us: string | null;
  readonly author: string;
  /** What they stated themselves of where their clocks stand, when it is about words of theirs. */
  readonly theirOffsetMin: number | null;
  /** What was decided beside the steps, by the name of its field. */
  readonly beside: Readonly<Record<string, Words3>>;
  /** The dates on which steps are due, or would be if they began now, `2026-05-12`; null where that is not known. */
  readonly dueOn: (step: string) => string | null;
};

/** What a person wrote so far. `text` is null while nobody changed the letter of the pack. */
export type Draft = { readonly fields: Readonly<Record<string, string>>; readonly text: string | null };

export type LetterField = {
  readonly name: string;
  /** What a person is asked for; null for what the record fills. */
  readonly title: Readonly<Record<Lang, string>> | null;
  readonly isLong: boolean;
  readonly value: string | null;
};

export type WrittenLetter = {
  readonly subject: string;
  /** Markdown without its first heading, which is the subject; fields nobody filled stay as they are. */
  readonly text: string;
  /** Before filling. */
  readonly template: string;
  readonly fields: readonly LetterField[];
  readonly missing: readonly string[];
};

/** Fills a letter as far as it can be filled. */
export function writeLetter(
  state: ProcedureState,
  letter: string,
  draft: Draft,
  setting: LetterSetting,
): WrittenLetter {
  const template = templateOf(state.pack, letter, setting.lang, draft);
  const names = [...new Set(fieldsIn(template).map(({ name }) => name))];
  const fields = names.map((name) => fieldOf(state, name, draft, setting));
  const values = new Map(fields.map(({ name, value }) => [name, value]));
  const [subject, ...rest] = fillFields(template, (name) => values.get(name) ?? null).split('\n');
  return {
    subject: (subject ?? '').replace(/^#\s*/, '').trim(),
    text: signedOnce(rest.join('\n').trim()),
    template,
    fields,
    missing: fields.filter(({ value }) => value === null).map(({ name }) => name),
  };
}

/** Whose firm has no name of its own would sign twice with the same name. */
function signedOnce(text: string): string {
  return text.replace(/(^|\n)(.+)\n+\2$/, '$1$2');
}

function templateOf({ letterTexts }: Pack, letter: string, lang: Lang, { text }: Draft): string {
  return text ?? letterTexts[letter]?.[lang] ?? '';
}

/** The names of what the record fills in a letter. */
export function recordFieldsIn(pack: Pack, letter: string, lang: Lang, draft: Draft): readonly string[] {
  const names = fieldsIn(templateOf(pack, letter, lang, draft)).map(({ name }) => name);
  return names.flatMap((name) => (pack.fields[name] ? (pack.fields[name].prefill ?? []) : name));
}

function fieldOf(state: ProcedureState, name: string, draft: Draft, setting: LetterSetting): LetterField {
  const asked = state.pack.fields[name];
  if (!asked) return { name, title: null, isLong: false, value: recordValue(state, name, setting) };
  const prefill = asked.prefill ? recordValue(state, asked.prefill, setting) : null;
  const value = (draft.fields[name] ?? prefill ?? '').trim();
  return { name, title: asked.title, isLong: asked.long, value: value === '' ? null : value };
}

function recordValue(state: ProcedureState, field: string, setting: LetterSetting): string | null {
  const { name, of } = fieldName(field);
  if (!(name in RECORD_FIELDS)) return null;
  const { subject, quote, now, pack } = state;
  switch (name) {
    case 'client':
      return setting.client;
    case 'us':
      return setting.us;
    case 'author':
      return setting.author;
    case 'today':
      return dateOf(now, setting);
    case 'subject-date':
      return subjectDate(subject.at, setting);
    case 'subject-time':
      return timeOf(subject.at, setting, setting.theirOffsetMin);
    case 'subject-number':
      return subject.number;
    case 'subject-words':
      return subject.words.trim() || null;
    case 'quote':
      return quote && quotation(quote.words);
    case 'quote-date':
      return quote && dateOf(quote.at, setting);
    case 'quote-time':
      return quote && timeOf(quote.at, setting);
    case 'remedy':
      return subject.remedy;
    case 'due':
      return dateNamed(setting.dueOn(of ?? ''), setting.lang);
    case 'sent': {
      const sentAt = letterNow(state, of ?? '')?.handedOverAt ?? null;
      return sentAt && dateOf(sentAt, setting);
    }
    case 'points':
      return pointRows(pack, of ?? '', subject.points, setting.lang);
    default:
      return setting.beside[name]?.[setting.lang] ?? null;
  }
}

/** Verbatim, line by line: the sign of a quotation stands before the first line in the letter already. */
function quotation(words: string): string {
  return words.trim().split(/\r?\n/).join('\n> ');
}

/** One row for each numbered point; null when there is none, or one lacks what the row says. */
function pointRows(pack: Pack, row: string, points: readonly PointState[], lang: Lang): string | null {
  const template = (pack.letterTexts[row]?.[lang] ?? '').trimEnd();
  const rows = points.map((point) => fillFields(template, (name) => pointValue(pack, point, name, lang)));
  return rows.length === 0 || rows.some((text) => fieldsIn(text).length > 0) ? null : rows.join('\n');
}

function pointValue(pack: Pack, point: PointState, name: string, lang: Lang): string | null {
  switch (name) {
    case 'point-number':
      return String(point.number);
    case 'point-words':
      return oneLine(point.words);
    case 'point-outcome':
      return point.outcome && (pack.words[point.outcome]?.[lang] ?? point.outcome);
    case 'point-reason':
      return point.reason && oneLine(point.reason);
    case 'point-source':
      return point.source && oneLine(point.source);
    default:
      return null;
  }
}

/** Braces in somebody's words are words, not fields. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('{{', '{ {').trim();
}

const LOCALES: Readonly<Record<Lang, string>> = { en: 'en-GB', ru: 'ru-RU', fi: 'fi-FI' };

function dateOf(at: Instant, { lang, zone }: LetterSetting): string {
  return dateIn(lang, localOf({ zone }, at).date);
}

/** On their clocks where they stated them; else a date of our calendar, which tells no zone. */
function subjectDate(at: Instant, setting: LetterSetting): string {
  const { theirOffsetMin } = setting;
  if (theirOffsetMin === null) return dateOf(at, setting);
  return dateOf(shifted(at, theirOffsetMin), { ...setting, zone: 'UTC' });
}

/** A time of day says whose it is: the zone that they stated, or UTC. Never ours, which tells where we are. */
function timeOf(at: Instant, setting: LetterSetting, theirOffsetMin: number | null = null): string {
  const offset = theirOffsetMin ?? 0;
  const clock = new Intl.DateTimeFormat(LOCALES[setting.lang], { timeStyle: 'short', timeZone: 'UTC' });
  const time = `${clock.format(new Date(shifted(at, offset)))} ${zoneName(offset)}`;
  const utcDate = dateOf(at, { ...setting, zone: 'UTC' });
  const isOtherDay = theirOffsetMin === null && utcDate !== dateOf(at, setting);
  return isOtherDay ? `${time} (${utcDate})` : time;
}

function shifted(at: Instant, offsetMin: number): Instant {
  return new Date(Date.parse(at) + offsetMin * 60_000).toISOString() as Instant;
}

/** `UTC`, `UTC+3`, `UTC−4:30` */
function zoneName(offsetMin: number): string {
  if (offsetMin === 0) return 'UTC';
  const minutes = Math.abs(offsetMin);
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `UTC${offsetMin < 0 ? '−' : '+'}${Math.floor(minutes / 60)}${rest}`;
}

function dateNamed(date: string | null, lang: Lang): string | null {
  return date && dateIn(lang, date, 'full');
}

/** Of subject and text as they were finished, in hex. */
export function letterDigest(subject: string, text: string): string {
  return Buffer.from(sha256(Buffer.from(`${subject}\n\n${text}`))).toString('hex');
}

/**
 * Markdown as plain text: signs that only shape it go, words stay.
 */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/^> ?/gm, '> ')
    .trim();
}
