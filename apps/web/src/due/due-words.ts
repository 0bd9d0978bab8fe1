import type { Due } from '../api/shapes.ts';
import { language, say } from '../words/t.ts';
import { dateOf, dayOf, hourOf, momentOf } from '../words/when.ts';

/** Why it stands here: its reason in words, with what the reason needs to be said. */
export function dueWords({ code, params }: Pick<Due, 'code' | 'params'>): string {
  const written = typeof params.writtenAt === 'string' ? dayOf(params.writtenAt) : '';
  return say(`due.${code}`, { ...plain(params), written }) ?? code;
}

/** The words it is about; a step of a procedure has them in each language. */
export function dueSays({ says, params }: Pick<Due, 'says' | 'params'>): string {
  const ours = params[language.get().tag];
  return typeof ours === 'string' ? ours : says;
}

/** 16:00 today, 15 May on another day. @param today `2026-05-12`, where we are */
export function dueWhen({ date, time }: Pick<Due, 'date' | 'time'>, today: string): string {
  return date === today && time !== null ? hourOf(time) : dayOf(noonOf(date));
}

export function dueWhenInFull({ at, date, isWholeDay }: Pick<Due, 'at' | 'date' | 'isWholeDay'>): string {
  return isWholeDay ? dateOf(noonOf(date)) : momentOf(at);
}

/** A day without an hour is the same day for every reader. */
function noonOf(date: string): string {
  return `${date}T12:00`;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What a word can be filled with: lists are read out, days as the reader writes them. */
function plain(params: Due['params']) {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, read(value)]));
}

function read(value: Due['params'][string]) {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' && DAY.test(value) ? dateOf(noonOf(value)) : value;
}
