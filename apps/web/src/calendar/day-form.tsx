import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { sayOfDay } from './calendar.queries.ts';

const EMPTY = { date: '', name: '', isWorking: false, reason: '' };

/** Says of one date that it is off, or worked although it would not be. */
export function DayForm() {
  const [wish, setWish] = useState(EMPTY);
  const change = (part: Partial<typeof EMPTY>) => setWish((now) => ({ ...now, ...part }));
  const saying = useMutation({
    mutationFn: () => sayOfDay({ ...wish, reason: wish.reason.trim() || null }),
    onSuccess: () => setWish(EMPTY),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saying.mutate();
  };
  return (
    <form className="calendar-form" onSubmit={submit}>
      <label>
        {t('daysOff.date')}
        <input
          type="date"
          required
          value={wish.date}
          onChange={(event) => change({ date: event.currentTarget.value })}
        />
      </label>
      <label>
        {t('daysOff.name')}
        <input
          type="text"
          maxLength={200}
          required={!wish.isWorking}
          value={wish.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </label>
      <label className="calendar-check">
        <input
          type="checkbox"
          checked={wish.isWorking}
          onChange={(event) => change({ isWorking: event.currentTarget.checked })}
        />
        {t('daysOff.isWorking')}
      </label>
      <label className="calendar-wide">
        {t('daysOff.reason')}
        <input
          type="text"
          maxLength={2000}
          value={wish.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      </label>
      <button type="submit" className="action" {...staying(saying.isPending)}>
        {t('daysOff.add')}
      </button>
      {saying.error && (
        <p className="notice calendar-wrong" role="alert">
          {problemWords(saying.error)}
        </p>
      )}
    </form>
  );
}
