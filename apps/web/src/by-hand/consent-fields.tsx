import { TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { useSession } from '../session/session.queries.ts';
import { language, t } from '../words/t.ts';
import type { Asked, Place } from './consent.ts';
import { type Change, type Draft, namesIn, type OnTheCall } from './draft.ts';

type Given = { draft: Draft; change: Change; places: readonly Place[]; asked: Asked; isTried: boolean };

/** Before a recording is kept: who was on the call, where, and who agreed. The strictest place counts. */
export function ConsentFields({ draft, change, places, asked, isTried }: Given) {
  const me = useSession().data?.member?.name ?? '';
  const { on } = draft;
  useEffect(() => {
    if (on.length === 0) change({ on: firstGuess(draft, me) });
  });
  const put = (at: number, part: Partial<OnTheCall>) =>
    change({ on: on.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <fieldset className="chips sheet by-hand-consent">
      <legend>{t('consent.title')}</legend>
      <p className="small">{t('consent.why')}</p>
      {on.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a person is known by their place while the name is typed
        <div key={at} className="by-hand-person">
          <TextInput
            size="md"
            aria-label={t('consent.who', { number: at + 1 })}
            placeholder={t('consent.name')}
            value={one.who}
            onChange={(event) => put(at, { who: event.currentTarget.value })}
          />
          <PlaceChoice
            number={at + 1}
            places={places}
            value={one.place}
            onChoose={(place) => put(at, { place })}
          />
          <label className="chip-check">
            <input
              type="checkbox"
              checked={one.agreed}
              onChange={(event) => put(at, { agreed: event.currentTarget.checked })}
            />
            {t('consent.agreed')}
          </label>
        </div>
      ))}
      <button
        type="button"
        className="link-button"
        onClick={() => change({ on: [...on, { who: '', place: null, agreed: false }] })}
      >
        {t('consent.more')}
      </button>
      <p className="notice small" role={isTried && !asked.isEnough ? 'alert' : 'status'}>
        {saysOf(asked, on)}
        {asked.because && (
          <>
            {' '}
            <span className="quiet">
              {asked.because.source}
              {!asked.because.isVerified && ` · ${t('consent.unverified')}`}
            </span>
          </>
        )}
      </p>
    </fieldset>
  );
}

function saysOf({ agree, because, lacking, isEnough }: Asked, on: readonly OnTheCall[]): string {
  if (on.filter(({ who }) => who.trim() !== '').length < 2) return t('consent.bothEnds');
  const rule =
    agree === 'one'
      ? t('consent.one', { place: because ? nameOf(because) : '' })
      : because
        ? t('consent.everyone', { place: nameOf(because) })
        : t('consent.unknown');
  return isEnough
    ? `${rule} ${t('consent.enough')}`
    : `${rule} ${t('consent.lacking', { names: lacking.join(', ') })}`;
}

/** We at one end, and whoever was named at the other. */
function firstGuess({ who, people }: Draft, me: string): OnTheCall[] {
  const others = namesIn(people).length > 0 ? namesIn(people) : [who.trim()];
  const ends = [me, ...others.filter((name) => name !== me)];
  return ends.map((name, at) => ({ who: name, place: null, agreed: at === 0 }));
}

type PlaceGiven = {
  number: number;
  places: readonly Place[];
  value: string | null;
  onChoose: (place: string | null) => void;
};

function PlaceChoice({ number, places, value, onChoose }: PlaceGiven) {
  return (
    <select
      className="by-hand-place"
      aria-label={t('consent.place', { number })}
      value={value ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value || null)}
    >
      <option value="">{t('consent.placeUnknown')}</option>
      {places.map((place) => (
        <option key={place.place} value={place.place}>
          {nameOf(place)}
        </option>
      ))}
    </select>
  );
}

/** A country in the reader's language; a part of one as the table has it. */
function nameOf({ place, name }: Pick<Place, 'place' | 'name'>): string {
  if (place.length > 2) return name;
  return new Intl.DisplayNames([language.get().tag], { type: 'region' }).of(place) ?? name;
}
