import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { OwnCalendar } from '../generated/types.gen.ts';
import { staying } from '../shell/staying.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { say, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { addOwn, dropOwn, ownCalendarsQuery, readOwnAgain } from './calendar.queries.ts';

/** Calendars of one's own: only read, only when asked, and only when one is busy. */
export function OwnSection() {
  const calendars = useQuery({ ...ownCalendarsQuery, throwOnError: true }).data;
  return (
    <section className="section">
      <h2>{t('own.title')}</h2>
      <p className="quiet small">{t('own.what')}</p>
      <div className="sheet">
        <OwnForm />
        <ul className="calendar-rows">
          {calendars?.map((calendar) => (
            <OwnRow key={calendar.id} calendar={calendar} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function OwnForm() {
  const [address, setAddress] = useState('');
  const [hasTitles, setHasTitles] = useState(false);
  const adding = useMutation({
    mutationFn: addOwn,
    onSuccess: () => {
      setAddress('');
      toast(t('own.added'));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate({ address, hasTitles });
  };
  return (
    <form className="calendar-form" onSubmit={submit}>
      <label className="calendar-wide">
        {t('own.address')}
        <input
          type="text"
          inputMode="url"
          required
          placeholder={t('own.example')}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="action" {...staying(adding.isPending)}>
        {t('own.add')}
      </button>
      <label>
        {t('own.file')}
        <input
          type="file"
          accept=".ics,text/calendar"
          {...staying(adding.isPending)}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) adding.mutate({ file, hasTitles });
            event.currentTarget.value = '';
          }}
        />
      </label>
      <label className="calendar-check">
        <input
          type="checkbox"
          checked={hasTitles}
          onChange={(event) => setHasTitles(event.currentTarget.checked)}
        />
        {t('own.titles')}
      </label>
      {adding.error && (
        <p className="notice calendar-wrong" role="alert">
          {problemWords(adding.error)}
        </p>
      )}
    </form>
  );
}

function OwnRow({ calendar }: { calendar: OwnCalendar }) {
  const { id, name, address, readAt, times, leftOut, problem } = calendar;
  const onError = (error: Error) => toast(problemWords(error));
  const reading = useMutation({ mutationFn: readOwnAgain, onError });
  const dropping = useMutation({ mutationFn: dropOwn, onError });
  return (
    <li>
      <span className="calendar-what">
        {name}{' '}
        <span className="quiet small">
          {t('own.times', { count: times })}
          {readAt && ` · ${t('own.read', { when: momentOf(readAt) })}`}
          {leftOut > 0 && ` · ${t('own.leftOut', { count: leftOut })}`}
        </span>
        {problem && (
          <span className="small">
            <br />
            {t('own.problem')} {say(`problem.${problem}`, { host: name, line: '', found: '' }) ?? problem}
          </span>
        )}
      </span>
      {address && (
        <button
          type="button"
          className="link-button small"
          {...staying(reading.isPending)}
          onClick={() => reading.mutate(id)}
        >
          {t('own.readAgain')}
        </button>
      )}
      <button type="button" className="link-button small" onClick={() => dropping.mutate(id)}>
        {t('own.remove')}
      </button>
    </li>
  );
}
