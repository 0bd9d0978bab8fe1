import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SpecialDays } from '../generated/types.gen.ts';
import { useSession } from '../session/session.queries.ts';
import { staying } from '../shell/staying.ts';
import { toast } from '../shell/toasts.tsx';
import { clockNow } from '../words/clock.ts';
import { problemWords } from '../words/problem-words.ts';
import { language, t } from '../words/t.ts';
import {
  bringHolidays,
  chooseCountry,
  countriesQuery,
  sayOfDay,
  specialDaysQuery,
  takeBackDay,
} from './calendar.queries.ts';
import { dayTitle } from './dates.ts';
import { DayForm } from './day-form.tsx';
import { ZoneForm } from './zone-form.tsx';

/** The country's holidays, and the dates that people say something else of. */
export function DaysOffSection() {
  const [year, setYear] = useState(() => clockNow().getFullYear());
  const given = useQuery({ ...specialDaysQuery(year), throwOnError: true }).data;
  const role = useSession().data?.member?.role;
  const maySay = role === 'owner' || role === 'manager';
  if (!given) return null;
  return (
    <section className="section">
      <h2>{t('daysOff.title')}</h2>
      <p className="quiet small">{maySay ? t('daysOff.what') : t('daysOff.readOnly')}</p>
      <div className="sheet">
        {maySay && <ZoneForm zone={given.zone} />}
        {maySay && <CountryForm given={given} />}
        {maySay && <DayForm />}
        {maySay && <HolidayFile />}
        <div className="calendar-form">
          <label>
            {t('daysOff.year')}
            <input
              type="number"
              min={1990}
              max={2100}
              value={year}
              onChange={(event) => setYear(Number(event.currentTarget.value) || year)}
            />
          </label>
        </div>
        <ul className="calendar-rows">
          {given.days.length === 0 && <li className="quiet">{t('daysOff.none')}</li>}
          {given.days.map((day) => (
            <DayRow key={day.date} day={day} maySay={maySay} />
          ))}
        </ul>
      </div>
    </section>
  );
}

type Day = SpecialDays['days'][number];

function DayRow({ day, maySay }: { day: Day; maySay: boolean }) {
  const saying = useMutation({
    mutationFn: ({ name, kind, date }: Day) => {
      if (kind === 'off' || kind === 'worked') return takeBackDay(date);
      return sayOfDay({ date, name, isWorking: kind === 'holiday' });
    },
    onError: (error) => toast(problemWords(error)),
  });
  return (
    <li>
      <span className="calendar-rows-date">{dayTitle(day.date)}</span>
      <span className="calendar-what">
        {day.name} <span className="quiet small">{t(`daysOff.kind.${day.kind}`)}</span>
        {day.reason && <span className="quiet small"> · {day.reason}</span>}
      </span>
      {maySay && (
        <button
          type="button"
          className="link-button small"
          {...staying(saying.isPending)}
          onClick={() => saying.mutate(day)}
        >
          {t(`daysOff.do.${day.kind}`)}
        </button>
      )}
    </li>
  );
}

function CountryForm({ given: { country, proposed } }: { given: SpecialDays }) {
  const chosen = country?.split('-')[0];
  const known = useQuery(countriesQuery(chosen)).data;
  const choosing = useMutation({ mutationFn: chooseCountry, onError: (error) => toast(problemWords(error)) });
  const names = new Intl.DisplayNames([language.get().tag], { type: 'region' });
  const countries = (known?.countries ?? []).map((code) => ({ code, name: names.of(code) ?? code }));
  return (
    <div className="calendar-form">
      <label>
        {t('daysOff.country')}
        <select
          value={chosen ?? ''}
          {...staying(choosing.isPending)}
          onChange={(event) => choosing.mutate(event.currentTarget.value || null)}
        >
          <option value="">{t('daysOff.noCountry')}</option>
          {countries
            .sort((one, other) => one.name.localeCompare(other.name))
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </select>
      </label>
      {chosen && known && known.regions.length > 0 && (
        <label>
          {t('daysOff.region')}
          <select
            value={country ?? ''}
            {...staying(choosing.isPending)}
            onChange={(event) => choosing.mutate(event.currentTarget.value)}
          >
            <option value={chosen}>{t('daysOff.wholeCountry')}</option>
            {known.regions.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {proposed && (
        <button type="button" className="action" onClick={() => choosing.mutate(proposed)}>
          {t('daysOff.propose', { country: names.of(proposed) ?? proposed })}
        </button>
      )}
    </div>
  );
}

function HolidayFile() {
  const bringing = useMutation({
    mutationFn: bringHolidays,
    onSuccess: ({ added, known, leftOut }) => toast(t('daysOff.brought', { added, known, leftOut })),
  });
  return (
    <div className="calendar-form">
      <label className="calendar-wide">
        {t('daysOff.file')}
        <input
          type="file"
          accept=".ics,text/calendar"
          {...staying(bringing.isPending)}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) bringing.mutate(file);
            event.currentTarget.value = '';
          }}
        />
      </label>
      {bringing.error && (
        <p className="notice calendar-wrong" role="alert">
          {problemWords(bringing.error)}
        </p>
      )}
    </div>
  );
}
