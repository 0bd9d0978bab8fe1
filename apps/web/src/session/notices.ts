import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { settingsQuery } from '../language/signals.queries.ts';
import { todayQuery } from '../today/today.queries.ts';
import { t } from '../words/t.ts';

const KEY = 'evenkeel.notices';
const LOOK_MS = 60_000;

/** When we work, as the calendar of this workspace says. */
export type Working = {
  readonly zone: string;
  /** 1 is Monday. */
  readonly workDays: readonly number[];
  readonly workFrom: string;
  readonly workUntil: string;
};

/** All that a notice ever says. It is shown on locked screens and kept by systems: no name and no word of the record. */
export function noticeText(): string {
  return t('notice.due');
}

/** Whether something is due that was not when it was last looked at. */
export function isNews(before: ReadonlySet<string> | null, now: readonly string[]): boolean {
  return before !== null && now.some((id) => !before.has(id));
}

/** Outside of working hours nobody is called; what came then is said when they begin. */
export function isQuiet({ zone, workDays, workFrom, workUntil }: Working, at: Date): boolean {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1;
  const clock = `${part('hour')}:${part('minute')}`;
  return !workDays.includes(day) || clock < workFrom || clock >= workUntil;
}

/** Whether this browser may say it, and somebody chose that it does. */
export function isNoticing(): boolean {
  return (
    'Notification' in window && Notification.permission === 'granted' && localStorage.getItem(KEY) === 'on'
  );
}

/** @returns whether they are on now; the browser asks, and may refuse */
export async function turnNotices(on: boolean): Promise<boolean> {
  const isAllowed = on && 'Notification' in window && (await Notification.requestPermission()) === 'granted';
  localStorage.setItem(KEY, isAllowed ? 'on' : 'off');
  return isAllowed;
}

/** Looks every minute whether something new is due, and says so without saying what. */
export function useNotices(): void {
  const [isOn] = useState(isNoticing);
  const today = useQuery({
    ...todayQuery,
    enabled: isOn,
    refetchInterval: LOOK_MS,
    refetchIntervalInBackground: true,
  }).data;
  const working = useQuery({ ...settingsQuery, enabled: isOn }).data;
  const before = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!isOn || !today || !working || isQuiet(working, new Date())) return;
    const due = today.now.items.map(({ id }) => id);
    if (isNews(before.current, due)) new Notification(noticeText(), { tag: 'evenkeel' });
    before.current = new Set(due);
  }, [isOn, today, working]);
}
