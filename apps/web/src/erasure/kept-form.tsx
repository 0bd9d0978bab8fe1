import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { DecidersOnly, wordsOf } from '../casefile/act.tsx';
import { setRetention } from '../generated/sdk.gen.ts';
import type { Retention } from '../generated/types.gen.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';

const KINDS = ['contact', 'prospect', 'client', 'former'] as const;
type Period = Retention['periods'][number];

/** A period for each state somebody can be in; empty means that nothing is proposed. */
export function KeptForm({ periods }: { periods: readonly Period[] }) {
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: (fields: FormData) =>
      setRetention({ body: { periods: KINDS.flatMap((kind) => readOf(fields, kind)) } }),
    onSuccess: async () => {
      toast(t('kept.saved'));
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    saving.mutate(new FormData(event.currentTarget));
  };
  return (
    <section className="section" aria-labelledby="kept-periods">
      <h2 id="kept-periods">{t('kept.periods')}</h2>
      <p className="small quiet">{t('kept.periodsWhat')}</p>
      <DecidersOnly>
        <form className="act-form" onSubmit={submit}>
          {KINDS.map((kind) => (
            <PeriodFields key={kind} kind={kind} period={periods.find((one) => one.kind === kind)} />
          ))}
          {saving.error && (
            <p className="notice" role="alert">
              {problemWords(saving.error)}
            </p>
          )}
          <div className="row">
            <Button type="submit" size="xs" loading={saving.isPending}>
              {t('kept.save')}
            </Button>
          </div>
        </form>
      </DecidersOnly>
    </section>
  );
}

function PeriodFields({ kind, period }: { kind: Period['kind']; period: Period | undefined }) {
  return (
    <fieldset className="kept-period">
      <legend>{named('state', kind)}</legend>
      <label className="field">
        {t('kept.months')}
        <input name={`${kind}-months`} type="number" min={1} max={1200} defaultValue={period?.months ?? ''} />
      </label>
      <label className="field">
        {t('kept.from')}
        <input name={`${kind}-since`} type="date" defaultValue={period?.since ?? ''} />
      </label>
      <label className="field">
        {t('kept.reason')}
        <input name={`${kind}-reason`} maxLength={300} defaultValue={period?.reason ?? ''} />
      </label>
    </fieldset>
  );
}

function readOf(fields: FormData, kind: Period['kind']): Period[] {
  const months = Number(fields.get(`${kind}-months`));
  if (!months) return [];
  const since = wordsOf(fields, `${kind}-since`) || new Date().toISOString().slice(0, 10);
  return [{ kind, months, since, reason: wordsOf(fields, `${kind}-reason`) }];
}
