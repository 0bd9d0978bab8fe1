import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { DecidersOnly, Why, wordsOf } from '../casefile/act.tsx';
import { OutsiderFields, outsiderOf } from '../casefile/outsider-fields.tsx';
import { erase } from '../generated/sdk.gen.ts';
import type { Erasing, ErasurePreview } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { ERASING, type Target } from './erasure.queries.ts';

const GROUNDS = ['asked', 'time-over', 'not-ours', 'other'] as const;

type Wanted = {
  readonly target: Target;
  readonly look: ErasurePreview;
  readonly also: readonly string[];
  readonly onDone: (done: Erasing) => void;
};

/** The act: a ground, a reason that names nobody, and the name typed by hand. */
export function EraseForm(wanted: Wanted) {
  return (
    <section className="section" aria-labelledby="erase-act">
      <h2 id="erase-act">{t('erasure.act')}</h2>
      <DecidersOnly>
        <Form {...wanted} />
      </DecidersOnly>
    </section>
  );
}

function Form({ target, look, also, onDone }: Wanted) {
  const queries = useQueryClient();
  const who = useWho();
  const [typed, setTyped] = useState('');
  const confirm = target.scope === 'party' ? look.name : t('erasure.confirmWord');
  const isConfirmed = typed.trim().toLowerCase() === confirm.trim().toLowerCase();
  const isHeld = look.holds.length > 0;
  const doing = useMutation({
    mutationKey: ERASING,
    mutationFn: (fields: FormData) =>
      erase({
        body: {
          ...target,
          also: [...also],
          ground: GROUNDS.find((one) => one === fields.get('ground')) ?? 'other',
          reason: wordsOf(fields, 'reason'),
          outsider: outsiderOf(fields),
        },
      }),
    onSuccess: async (done) => {
      onDone(done);
      if (done.state === 'erased') queries.removeQueries({ type: 'inactive' });
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'erasure' || done.state !== 'erased',
      });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    doing.mutate(new FormData(event.currentTarget));
  };
  const { asked } = look;
  return (
    <form className="act-form" onSubmit={submit}>
      <p className="small quiet">{t('second.how')}</p>
      {asked && (
        <p className="small at-risk">
          {asked.until
            ? t('second.waits', { date: momentOf(asked.until), who: who(asked.askedBy) })
            : t('second.asked', { who: who(asked.askedBy) })}
        </p>
      )}
      <label className="field">
        {t('erasure.ground')}
        <select name="ground" defaultValue={asked?.ground ?? 'asked'}>
          {GROUNDS.map((ground) => (
            <option key={ground} value={ground}>
              {t(`erasure.ground.${ground}`)}
            </option>
          ))}
        </select>
      </label>
      <Why says={t('erasure.why')} />
      <OutsiderFields />
      {!isHeld && (
        <label className="field">
          {t('erasure.confirm', { words: confirm })}
          <input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
        </label>
      )}
      {doing.error && (
        <p className="notice" role="alert">
          {problemWords(doing.error)}
        </p>
      )}
      {doing.data && doing.data.state !== 'erased' && (
        <p className="notice" role="status">
          {outcomeOf(doing.data)}
        </p>
      )}
      <div className="row">
        <Button
          type="submit"
          size="xs"
          color="red"
          loading={doing.isPending}
          disabled={!isHeld && !isConfirmed}
        >
          {isHeld ? t('erasure.refuse') : t('erasure.do')}
        </Button>
      </div>
    </form>
  );
}

function outcomeOf({ state, until, reviewAt }: Erasing): string {
  if (state === 'refused')
    return reviewAt ? t('erasure.refusedUntil', { date: dateOf(reviewAt) }) : t('erasure.refused');
  return until ? t('second.begun', { date: momentOf(until) }) : t('second.begunOther');
}
