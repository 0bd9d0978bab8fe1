import { NativeSelect, NumberInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ScreenSettings } from '../generated/types.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { cover } from './cover.ts';
import { isNoticing, noticeText, turnNotices } from './notices.ts';
import { changeScreen, screenQuery } from './screen.queries.ts';

const KEYS: readonly ScreenSettings['coverKey'][] = [
  'none',
  'F2',
  'F4',
  'F8',
  'F9',
  'Pause',
  'Insert',
  '§',
  '`',
];

/** When this screen locks, what covers it, and whether it calls. */
export function ScreenSection() {
  const settings = useQuery({ ...screenQuery, throwOnError: true }).data;
  const changing = useMutation({ mutationFn: changeScreen });
  if (!settings) return null;
  const change = (more: Partial<ScreenSettings>) => changing.mutate({ ...settings, ...more });
  return (
    <section className="us-section stack" aria-labelledby="us-screen">
      <h2 id="us-screen">{t('us.screen')}</h2>
      <NumberInput
        label={t('us.lockAfter')}
        description={t('us.lockAfterWhy')}
        min={1}
        max={240}
        allowDecimal={false}
        defaultValue={settings.lockAfterMin ?? ''}
        onBlur={(event) => change({ lockAfterMin: minutesOf(event.currentTarget.value) })}
      />
      <NativeSelect
        label={t('us.coverKey')}
        description={t('us.coverWhy')}
        value={settings.coverKey}
        onChange={(event) => change({ coverKey: event.currentTarget.value as ScreenSettings['coverKey'] })}
        data={KEYS.map((key) => ({ value: key, label: key === 'none' ? t('us.noKey') : key }))}
      />
      <p>
        <button type="button" className="action" onClick={cover}>
          {t('us.tryCover')}
        </button>
      </p>
      {changing.error && (
        <p className="notice" role="alert">
          {problemWords(changing.error)}
        </p>
      )}
      <NoticeChoice />
    </section>
  );
}

function minutesOf(typed: string): number | null {
  const minutes = Number.parseInt(typed, 10);
  return Number.isNaN(minutes) ? null : Math.min(240, Math.max(1, minutes));
}

function NoticeChoice() {
  const [isOn, setOn] = useState(isNoticing);
  const [isRefused, setRefused] = useState(false);
  const turn = async (wanted: boolean) => {
    const on = await turnNotices(wanted);
    setOn(on);
    setRefused(wanted && !on);
  };
  return (
    <div className="stack">
      <label>
        <input type="checkbox" checked={isOn} onChange={(event) => void turn(event.currentTarget.checked)} />{' '}
        {t('us.notices')}
      </label>
      <p className="small quiet">{t('us.noticesWhy', { says: noticeText() })}</p>
      {isRefused && (
        <p className="notice" role="alert">
          {t('us.noticesRefused')}
        </p>
      )}
    </div>
  );
}
