import { Button, Checkbox, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { NeutralCheck } from '../by-hand/neutral-check.tsx';
import type { Cite } from '../promises/promises.queries.ts';
import { WordsField } from '../promises/words-field.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { type FactWish, stateFact } from './chronology.queries.ts';
import { FactSources } from './fact-sources.tsx';

type Form = {
  partyId: string;
  /** What it begins with: a proposal, a fact that is put otherwise, or nothing. */
  start: FactWish;
  onDone: () => void;
};

export const NOTHING_YET: FactWish = { date: '', time: null, says: '' };

/** One fact: the day, one sentence, what shows it, and whether they dispute it. */
export function FactForm({ partyId, start, onDone }: Form) {
  const [fact, setFact] = useState(start);
  const [cite, setCite] = useState<Cite | null>(null);
  const change = (part: Partial<FactWish>) => setFact((before) => ({ ...before, ...part }));
  const isShown = Boolean(fact.cites?.length || fact.records?.length || fact.entry);
  const stating = useMutation({
    mutationFn: () => stateFact(partyId, cite ? { ...fact, cites: [...(fact.cites ?? []), cite] } : fact),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    stating.mutate();
  };
  return (
    <form className="sheet because stack" onSubmit={submit} aria-label={t('chronology.state')}>
      <fieldset className="due-fields">
        <legend className="field-label">{t('chronology.when')}</legend>
        <div className="row">
          <input
            type="date"
            className="field-select"
            aria-label={t('chronology.day')}
            value={fact.date}
            required
            onChange={(event) => change({ date: event.currentTarget.value })}
          />
          <input
            type="time"
            className="field-select"
            aria-label={t('chronology.hour')}
            value={fact.time ?? ''}
            onChange={(event) => change({ time: event.currentTarget.value || null })}
          />
          <span className="small quiet">{t('chronology.utc')}</span>
        </div>
      </fieldset>
      <Textarea
        label={t('chronology.words')}
        description={t('chronology.wordsHow')}
        value={fact.says}
        onChange={(event) => change({ says: event.currentTarget.value })}
        autosize
        minRows={2}
        maxLength={2000}
        autoFocus
      />
      <NeutralCheck text={fact.says} />
      <Checkbox
        label={t('chronology.isDisputed')}
        checked={fact.isDisputed ?? false}
        onChange={(event) => change({ isDisputed: event.currentTarget.checked })}
      />
      {isShown ? (
        <FactSources partyId={partyId} of={fact} />
      ) : (
        <WordsField partyId={partyId} says={t('chronology.shownBy')} cite={cite} onChange={setCite} />
      )}
      {stating.error && (
        <p className="notice" role="alert">
          {problemWords(stating.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={stating.isPending} disabled={!isShown && cite === null}>
          {t('chronology.state')}
        </Button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('promise.cancel')}
        </button>
      </div>
    </form>
  );
}
