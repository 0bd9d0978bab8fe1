import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Guess } from '../api/shapes.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { guessesQuery, reread } from './import.queries.ts';
import { DATE_ORDERS, NOTHING_STATED, type StatedAbout, ZONES_LIST, ZoneList } from './stated.tsx';

/** What a run assumed to read exports; each assumption is put right in its place. */
export function Guesses({ run }: { run: string }) {
  const guesses = useQuery(guessesQuery(run)).data?.items ?? [];
  if (guesses.length === 0) return null;
  return (
    <section className="section">
      <h2>{t('guess.title')}</h2>
      <ZoneList />
      <ul className="sheet lines">
        {guesses.map((guess) => (
          <GuessLine
            key={JSON.stringify([guess.container, guess.member, guess.format, guess.dateOrder])}
            run={run}
            guess={guess}
          />
        ))}
      </ul>
    </section>
  );
}

function GuessLine({ run, guess }: { run: string; guess: Guess }) {
  const { container, member, format, entries, zone, dateOrder, example, undated, withoutFile } = guess;
  return (
    <li className="guess">
      <div className="row">
        <strong>{named('format', format)}</strong>
        <span className="mono quiet">{[container, member].filter(Boolean).join(' › ')}</span>
        <span className="quiet">{t('guess.entries', { count: entries })}</span>
      </div>
      <ul className="small">
        {zone ? (
          <li>{t('guess.zone', { zone: zone.name, certainty: named('certainty', zone.certainty) })}</li>
        ) : (
          <li>{t('guess.own')}</li>
        )}
        {dateOrder && (
          <li>
            {t('guess.order', {
              order: named('dateOrder', dateOrder.value),
              certainty: named('certainty', dateOrder.certainty),
            })}
          </li>
        )}
        {example && <li>{t('guess.example', { raw: example.raw, at: momentOf(example.at) })}</li>}
        {undated > 0 && <li>{t('guess.undated', { count: undated })}</li>}
        {withoutFile > 0 && <li>{t('guess.withoutFile', { count: withoutFile })}</li>}
      </ul>
      {(zone || dateOrder) && <Correct run={run} guess={guess} />}
    </li>
  );
}

function Correct({ run, guess }: { run: string; guess: Guess }) {
  const [stated, setStated] = useState<StatedAbout>(NOTHING_STATED);
  const queries = useQueryClient();
  const correcting = useMutation({
    mutationFn: () => reread(run, { ...stated, container: guess.container }),
    onSuccess: () => {
      setStated(NOTHING_STATED);
      return queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    correcting.mutate();
  };
  return (
    <details className="small">
      <summary>{t('guess.correct')}</summary>
      <form className="stack guess-form" onSubmit={submit}>
        <p className="quiet">{t('guess.correctWhy', { count: guess.entries })}</p>
        {guess.zone && (
          <TextInput
            label={t('survey.zone')}
            placeholder={guess.zone.name}
            list={ZONES_LIST}
            value={stated.tz ?? ''}
            onChange={(event) => setStated({ ...stated, tz: event.currentTarget.value.trim() || null })}
          />
        )}
        {guess.dateOrder && (
          <NativeSelect
            label={t('survey.order')}
            value={stated.dateOrder ?? ''}
            onChange={({ currentTarget }) =>
              setStated({
                ...stated,
                dateOrder: DATE_ORDERS.find((order) => order === currentTarget.value) ?? null,
              })
            }
            data={[
              { value: '', label: t('guess.keep') },
              ...DATE_ORDERS.map((order) => ({ value: order, label: named('dateOrder', order) })),
            ]}
          />
        )}
        {correcting.error && (
          <p className="notice" role="alert">
            {problemWords(correcting.error)}
          </p>
        )}
        {correcting.data && <p role="status">{t('guess.done', { count: correcting.data.entries })}</p>}
        <div>
          <Button
            type="submit"
            variant="default"
            disabled={!stated.tz && !stated.dateOrder}
            loading={correcting.isPending}
          >
            {t('guess.correct')}
          </Button>
        </div>
      </form>
    </details>
  );
}
