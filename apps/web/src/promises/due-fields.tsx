import { useQuery } from '@tanstack/react-query';
import { BusyNote } from '../calendar/busy-note.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateWords } from './promise-words.ts';
import { type Commitment, type DueWish, dueQuery } from './promises.queries.ts';

type Fields = {
  says: string;
  due: DueWish;
  onChange: (due: DueWish) => void;
  isRequired?: boolean;
};

/** A day, and an hour where one was named. What is to be said about the day stands beneath; the day stays as it is. */
export function DueFields({ says, due, onChange, isRequired = false }: Fields) {
  return (
    <fieldset className="due-fields">
      <legend className="field-label">{says}</legend>
      <div className="row">
        <input
          type="date"
          className="field-select"
          aria-label={t('promise.date')}
          value={due.date}
          required={isRequired}
          onChange={(event) => onChange({ ...due, date: event.currentTarget.value })}
        />
        <input
          type="time"
          className="field-select"
          aria-label={t('promise.time')}
          value={due.time ?? ''}
          onChange={(event) => onChange({ ...due, time: event.currentTarget.value || null })}
        />
        <span className="small quiet">{due.time ? '' : t('promise.wholeDay')}</span>
      </div>
      {due.date !== '' && <DayNote due={due} />}
    </fieldset>
  );
}

function DayNote({ due }: { due: DueWish }) {
  const { data, error } = useQuery(dueQuery(due));
  if (error)
    return (
      <p className="notice small" role="alert">
        {problemWords(error)}
      </p>
    );
  if (!data) return null;
  return (
    <>
      {data.warning && <Warning warning={data.warning} date={due.date} />}
      <BusyNote date={data.due.date} at={data.due.at} isWholeDay={data.due.time === null} />
      {data.isPast && <p className="notice small">{t('promise.past', { day: dateWords(due.date) })}</p>}
    </>
  );
}

/** That nobody works on this day; said, never acted on. */
export function Warning({ warning, date }: { warning: Commitment['warning']; date: string }) {
  if (!warning) return null;
  const day = dateWords(date);
  return (
    <p className="notice notice-risk small">
      {warning.name ? t('promise.holiday', { day, name: warning.name }) : t('promise.dayOff', { day })}
    </p>
  );
}
