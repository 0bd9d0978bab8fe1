import { t } from '../words/t.ts';
import { weekdayOf } from '../words/when.ts';
import type { Measure } from './restriction.queries.ts';

/** What is restricted, a line for each part. */
export function measureLines(measure: Measure, who: (actor: string) => string): readonly string[] {
  const { isWritingOnly, ways, contact, hours, perWeek, subjects } = measure;
  const named = ways.map((way) => t(`clause.way-${way}`)).join(', ');
  return [
    ...(isWritingOnly ? [t('restriction.writingOnly')] : []),
    ...(ways.length > 0 ? [t('restriction.closed', { ways: named })] : []),
    ...(contact ? [t('restriction.oneContact', { who: who(contact) })] : []),
    ...(hours
      ? [
          t('restriction.answerHours', {
            days: hours.workDays.map(weekdayOf).join(', '),
            from: hours.from,
            until: hours.until,
          }),
        ]
      : []),
    ...(perWeek ? [t('restriction.atMost', { count: perWeek })] : []),
    ...(subjects.length > 0 ? [t('restriction.notAbout', { subjects: subjects.join('; ') })] : []),
  ];
}

/** The route that stays open. */
export function openRoute({ open: { way, address } }: Pick<Measure, 'open'>): string {
  return t('restriction.openIs', { way: t(`clause.way-${way}`), address });
}

/** A day without an hour is the same day for every reader. */
export function noonOf(date: string): string {
  return `${date}T12:00`;
}
