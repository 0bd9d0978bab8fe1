import { t } from '../words/t.ts';

const DAY_MIN = 24 * 60;

/** 3 days: short enough for a line. */
export function distanceInDays(minutes: number): string {
  return t('late.days', { count: Math.floor(minutes / DAY_MIN) });
}

/** 3 days 4 hours; from a week on whole days. */
export function distance(minutes: number): string {
  const days = Math.floor(minutes / DAY_MIN);
  const hours = Math.floor((minutes % DAY_MIN) / 60);
  const inDays = t('late.days', { count: days });
  return days < 7 && hours > 0 ? `${inDays} ${t('late.hours', { count: hours })}` : inDays;
}
