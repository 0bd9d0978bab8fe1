import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { noteEffort } from './efforts.queries.ts';
import type { Cite, Side } from './promises.queries.ts';
import { SideChoice } from './side-choice.tsx';
import { WordsField } from './words-field.tsx';

const PROPOSED = ['meeting', 'call', 'break', 'mediator'] as const;

/** That somebody proposed to meet, to call, to pause or to ask a mediator: in whose words. */
export function EffortForm({ partyId, onDone }: { partyId: string; onDone: () => void }) {
  const name = useId();
  const [side, setSide] = useState<Side>('ours');
  const [proposed, setProposed] = useState<(typeof PROPOSED)[number]>('meeting');
  const [cite, setCite] = useState<Cite | null>(null);
  const noting = useMutation({
    mutationFn: () => noteEffort(partyId, { side, proposed, cites: cite ? [cite] : [] }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    noting.mutate();
  };
  const choose = (chosen: Side) => {
    setSide(chosen);
    setCite(null);
  };
  return (
    <form className="sheet because stack no-print" onSubmit={submit} aria-label={t('effort.note')}>
      <fieldset className="choices">
        <legend>{t('effort.proposed')}</legend>
        {PROPOSED.map((one) => (
          <label key={one}>
            <input type="radio" name={name} checked={one === proposed} onChange={() => setProposed(one)} />
            {t(`effort.proposed.${one}`)}
          </label>
        ))}
      </fieldset>
      <SideChoice side={side} says={t('effort.by')} onChoose={choose} />
      <WordsField
        key={side}
        partyId={partyId}
        side={side}
        says={t(`promise.words.${side}`)}
        cite={cite}
        onChange={setCite}
      />
      {noting.error && (
        <p className="notice" role="alert">
          {problemWords(noting.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={noting.isPending}>
          {t('effort.keep')}
        </Button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('promise.cancel')}
        </button>
      </div>
    </form>
  );
}
