import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useSession } from '../session/session.queries.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { DueFields } from './due-fields.tsx';
import { type Cite, type DueWish, keepPromise, type Side } from './promises.queries.ts';
import { SideChoice } from './side-choice.tsx';
import { WordsField } from './words-field.tsx';

export type Start = {
  side: Side;
  who: string;
  what: string;
  due: DueWish;
  cite: Cite | null;
  /** Words about a day that may mean several; asked for then. */
  unclear: string | null;
};

type Form = { partyId: string; partyName: string; start: Start | null; onDone: () => void };

const NO_DAY: DueWish = { date: '', time: null };

/** A promise as a person confirms it: who, what, when, and the words. */
export function PromiseForm({ partyId, partyName, start, onDone }: Form) {
  const me = useSession().data?.member?.name ?? '';
  const [side, setSide] = useState<Side>(start?.side ?? 'theirs');
  const [who, setWho] = useState(start?.who ?? '');
  const [what, setWhat] = useState(start?.what ?? '');
  const [due, setDue] = useState<DueWish>(start?.due ?? NO_DAY);
  const [cite, setCite] = useState<Cite | null>(start?.cite ?? null);
  const name = who || (side === 'ours' ? me : partyName);
  const keeping = useMutation({
    mutationFn: () =>
      keepPromise(partyId, {
        ...{ side, who: name, what, cites: cite ? [cite] : [] },
        due: due.date === '' ? null : due,
      }),
    onSuccess: () => {
      toast(t('promise.kept'));
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.mutate();
  };
  return (
    <form className="sheet because stack" onSubmit={submit} aria-label={t('promise.new')}>
      {start?.cite ? (
        <p className="words-marked">
          <q>{start.cite.quote}</q>
        </p>
      ) : (
        <>
          <SideChoice side={side} onChoose={setSide} says={t('promise.whose')} />
          <WordsField
            key={side}
            partyId={partyId}
            side={side}
            says={t(`promise.words.${side}`)}
            cite={cite}
            onChange={setCite}
          />
        </>
      )}
      <TextInput
        label={t('promise.what')}
        value={what}
        onChange={(event) => setWhat(event.currentTarget.value)}
        required
        withAsterisk={false}
        autoFocus={start !== null}
      />
      <TextInput
        label={t('promise.who')}
        value={who}
        placeholder={name}
        onChange={(event) => setWho(event.currentTarget.value)}
      />
      <DueFields says={t('promise.when')} due={due} onChange={setDue} />
      {start?.unclear && due.date === '' && (
        <p className="small">{t('promise.unclear', { words: start.unclear })}</p>
      )}
      {due.date === '' && <p className="small quiet">{t('promise.noDay')}</p>}
      {keeping.error && (
        <p className="notice" role="alert">
          {problemWords(keeping.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={keeping.isPending}>
          {t('promise.keep')}
        </Button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('promise.cancel')}
        </button>
      </div>
    </form>
  );
}
