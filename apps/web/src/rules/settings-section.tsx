import { useMutation, useQuery } from '@tanstack/react-query';
import { saveSettings, settingsQuery } from '../language/signals.queries.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { weekdayOf } from '../words/when.ts';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** Our hours and our pace, which the mirror measures us by, and the profile. A change is kept at once. */
export function SettingsSection() {
  const settings = useQuery({ ...settingsQuery, throwOnError: true }).data;
  const saving = useMutation({
    mutationFn: saveSettings,
    onSuccess: () => toast(t('settings.saved')),
    onError: (error) => toast(problemWords(error)),
  });
  if (!settings) return null;
  const { profile, replyDays, workDays, workFrom, workUntil, zone } = settings;
  const toggleDay = (day: number) =>
    saving.mutate({
      workDays: workDays.includes(day) ? workDays.filter((each) => each !== day) : [...workDays, day].sort(),
    });
  return (
    <section className="section">
      <h2>{t('settings.title')}</h2>
      <div className="sheet settings-form">
        <fieldset className="settings-days">
          <legend className="small">{t('settings.days', { zone })}</legend>
          {DAYS.map((day) => (
            <label key={day}>
              <input type="checkbox" checked={workDays.includes(day)} onChange={() => toggleDay(day)} />
              {weekdayOf(day)}
            </label>
          ))}
        </fieldset>
        <label>
          {t('settings.from')}
          <input
            type="time"
            defaultValue={workFrom}
            onBlur={(event) => saving.mutate({ workFrom: event.currentTarget.value })}
          />
        </label>
        <label>
          {t('settings.until')}
          <input
            type="time"
            defaultValue={workUntil}
            onBlur={(event) => saving.mutate({ workUntil: event.currentTarget.value })}
          />
        </label>
        <label>
          {t('settings.replyDays')}
          <input
            type="number"
            min={1}
            max={60}
            defaultValue={replyDays}
            onBlur={(event) => saving.mutate({ replyDays: Number(event.currentTarget.value) })}
          />
        </label>
        <label>
          {t('settings.profile')}
          <select
            value={profile ?? ''}
            onChange={(event) =>
              saving.mutate({ profile: event.currentTarget.value === 'performer' ? 'performer' : null })
            }
          >
            <option value="">{t('settings.profileNone')}</option>
            <option value="performer">{t('settings.profilePerformer')}</option>
          </select>
        </label>
      </div>
    </section>
  );
}
