import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { BecauseForm } from './because-form.tsx';
import { DueFields } from './due-fields.tsx';
import { LimitFields } from './offer-form.tsx';
import { optionWords } from './promise-words.ts';
import {
  answer,
  type Cite,
  type DueWish,
  extend,
  look,
  type Offer,
  type PrivateLimit,
  saveLimit,
  tell,
  withdraw,
} from './promises.queries.ts';
import { WordsField } from './words-field.tsx';

export type OfferAct = 'told' | 'look' | 'accepted' | 'refused' | 'move' | 'withdraw' | 'limit';
type Acting = { offer: Offer; limit: PrivateLimit | undefined; act: OfferAct; onDone: () => void };

/** What is asked before something about an offer is written down. */
export function OfferActForm({ offer, limit, act, onDone }: Acting) {
  const { id, partyId, side } = offer;
  const form = { partyId, onDone, says: t(`offer.act.${act}`) };
  const other = side === 'ours' ? 'theirs' : 'ours';
  if (act === 'limit') return <LimitForm offer={offer} limit={limit} onDone={onDone} />;
  if (act === 'look') return <LookForm offer={offer} onDone={onDone} />;
  if (act === 'move') return <ExtendForm offer={offer} onDone={onDone} />;
  if (act === 'accepted') return <AcceptForm offer={offer} onDone={onDone} />;
  if (act === 'told')
    return (
      <BecauseForm
        {...form}
        words={{ side, isNeeded: true }}
        isReasonNeeded={false}
        onGive={(given) => tell(id, given)}
      />
    );
  if (act === 'refused')
    return (
      <BecauseForm
        {...form}
        words={{ side: other, isNeeded: true }}
        isReasonNeeded={false}
        onGive={(given) => answer(id, { ...given, is: act, option: null })}
      />
    );
  return (
    <BecauseForm
      {...form}
      words={{ side, isNeeded: side === 'theirs' }}
      isReasonNeeded={side === 'ours'}
      onGive={(given) => withdraw(id, given)}
    />
  );
}

type About = Pick<Acting, 'offer' | 'onDone'>;

function AcceptForm({ offer, onDone }: About) {
  const { id, partyId, side, options } = offer;
  const name = useId();
  const [option, setOption] = useState<number | null>(options.length === 1 ? 1 : null);
  return (
    <BecauseForm
      partyId={partyId}
      says={t('offer.act.accepted')}
      words={{ side: side === 'ours' ? 'theirs' : 'ours', isNeeded: true }}
      isReasonNeeded={false}
      onGive={(given) => answer(id, { ...given, is: 'accepted', option })}
      onDone={onDone}
    >
      <fieldset className="choices">
        <legend>{t('offer.which')}</legend>
        {options.map((one, at) => (
          <label key={one.what}>
            <input type="radio" name={name} checked={option === at + 1} onChange={() => setOption(at + 1)} />
            {at + 1}. {optionWords(one)}
          </label>
        ))}
      </fieldset>
    </BecauseForm>
  );
}

function ExtendForm({ offer: { id, partyId, side, decideBy }, onDone }: About) {
  const [wish, setWish] = useState<DueWish>({ date: decideBy.date, time: decideBy.time });
  return (
    <BecauseForm
      partyId={partyId}
      says={t('offer.act.move')}
      words={{ side, isNeeded: false }}
      isReasonNeeded
      onGive={(given) => extend(id, { ...given, decideBy: wish })}
      onDone={onDone}
    >
      <DueFields says={t('offer.decideWhen')} due={wish} onChange={setWish} isRequired />
    </BecauseForm>
  );
}

/** A second person says that they looked, or shows the mail of somebody from outside; who is alone gives a reason. */
function LookForm({ offer: { id, partyId }, onDone }: About) {
  const [name, setName] = useState('');
  const [proof, setProof] = useState<Cite | null>(null);
  return (
    <BecauseForm
      partyId={partyId}
      says={t('offer.act.look')}
      words={null}
      isReasonNeeded
      onGive={async ({ reason }) => {
        const outsider = name.trim() && proof ? { name, proof: proof.interactionId } : null;
        const { isLookedAt } = await look(id, { reason, outsider });
        toast(isLookedAt ? t('offer.lookedNow') : t('offer.waitBegins'));
      }}
      onDone={onDone}
    >
      <p className="small">{t('offer.lookWhat')}</p>
      <details>
        <summary className="small">{t('offer.outsider')}</summary>
        <div className="stack">
          <TextInput
            label={t('offer.outsiderName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <WordsField partyId={partyId} says={t('offer.outsiderProof')} cite={proof} onChange={setProof} />
        </div>
      </details>
    </BecauseForm>
  );
}

function LimitForm({ offer, limit, onDone }: About & { limit: PrivateLimit | undefined }) {
  const [wish, setWish] = useState({ amount: limit?.sum?.amount ?? '', words: limit?.words ?? '' });
  const currency = limit?.sum?.currency ?? offer.options.find(({ sum }) => sum)?.sum?.currency ?? 'EUR';
  const saving = useMutation({
    mutationFn: () =>
      saveLimit(offer.id, {
        words: wish.words,
        sum: wish.amount.trim() === '' ? null : { amount: wish.amount, currency },
      }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form className="because stack" onSubmit={submit}>
      <LimitFields limit={wish} currency={currency} onChange={setWish} />
      {saving.error && (
        <p className="notice" role="alert">
          {problemWords(saving.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={saving.isPending}>
          {t('offer.saveLimit')}
        </Button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('promise.cancel')}
        </button>
      </div>
    </form>
  );
}
