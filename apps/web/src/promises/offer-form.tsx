import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { DueFields } from './due-fields.tsx';
import { type Cite, type DueWish, type Side, saveLimit, writeOffer } from './promises.queries.ts';
import { SideChoice } from './side-choice.tsx';
import { WordsField } from './words-field.tsx';

type Option = { key: number; what: string; amount: string; currency: string };
const MOST = 3;
const empty = (key: number, currency: string): Option => ({ key, what: '', amount: '', currency });

/** An offer: two or three solutions and a decision date; ours are prepared first, theirs begin with their words. */
export function OfferForm({ partyId, onDone }: { partyId: string; onDone: () => void }) {
  const [side, setSide] = useState<Side>('ours');
  const [options, setOptions] = useState<readonly Option[]>([empty(0, 'EUR'), empty(1, 'EUR')]);
  const [decideBy, setDecideBy] = useState<DueWish>({ date: '', time: null });
  const [isWithoutPrejudice, setWithoutPrejudice] = useState(false);
  const [cite, setCite] = useState<Cite | null>(null);
  const [limit, setLimit] = useState({ amount: '', words: '' });
  const [reason, setReason] = useState('');
  const currency = options[0]!.currency;
  const filled = options.filter(({ what, amount }) => what.trim() !== '' || amount.trim() !== '');
  const writing = useMutation({
    mutationFn: async () => {
      const { id } = await writeOffer(partyId, {
        ...{ side, decideBy, isWithoutPrejudice, reason, cites: side === 'theirs' && cite ? [cite] : [] },
        options: filled.map(({ what, amount, currency: its }) => ({
          what,
          sum: amount.trim() === '' ? null : { amount, currency: its },
        })),
      });
      const { amount, words } = limit;
      if (amount.trim() !== '' || words.trim() !== '')
        await saveLimit(id, { words, sum: amount.trim() === '' ? null : { amount, currency } });
    },
    onSuccess: () => {
      toast(side === 'ours' ? t('offer.prepared') : t('offer.written'));
      onDone();
    },
  });
  const change = (key: number, part: Partial<Option>) =>
    setOptions((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    writing.mutate();
  };
  return (
    <form className="sheet because stack" onSubmit={submit} aria-label={t('offer.new')}>
      <SideChoice side={side} says={t('offer.whose')} onChoose={setSide} />
      {side === 'theirs' && (
        <WordsField
          partyId={partyId}
          side="theirs"
          says={t('promise.words.theirs')}
          cite={cite}
          onChange={setCite}
        />
      )}
      {options.map((option, at) => (
        <OptionFields
          key={option.key}
          option={option}
          number={at + 1}
          onChange={(part) => change(option.key, part)}
        />
      ))}
      {options.length < MOST && (
        <button
          type="button"
          className="link-button"
          onClick={() => setOptions((all) => [...all, empty(all.length, currency)])}
        >
          {t('offer.another')}
        </button>
      )}
      <DueFields says={t('offer.decideWhen')} due={decideBy} onChange={setDecideBy} isRequired />
      <Checkbox
        label={t('offer.withoutPrejudice')}
        description={t('offer.withoutPrejudiceWhat')}
        checked={isWithoutPrejudice}
        onChange={(event) => setWithoutPrejudice(event.currentTarget.checked)}
      />
      {side === 'ours' && (
        <Textarea
          label={t('offer.why')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
        />
      )}
      <LimitFields limit={limit} currency={currency} onChange={setLimit} />
      {writing.error && (
        <p className="notice" role="alert">
          {problemWords(writing.error)}
        </p>
      )}
      <div className="row">
        <Button type="submit" loading={writing.isPending}>
          {side === 'ours' ? t('offer.prepare') : t('offer.write')}
        </Button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('promise.cancel')}
        </button>
      </div>
    </form>
  );
}

type OneOption = { option: Option; number: number; onChange: (part: Partial<Option>) => void };

function OptionFields({ option, number, onChange }: OneOption) {
  return (
    <fieldset className="option-fields">
      <legend className="field-label">{t('offer.option', { number })}</legend>
      <TextInput
        aria-label={t('offer.what')}
        placeholder={t('offer.what')}
        value={option.what}
        required={number === 1}
        onChange={(event) => onChange({ what: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t('offer.sum')}
        placeholder={t('offer.sum')}
        inputMode="decimal"
        value={option.amount}
        onChange={(event) => onChange({ amount: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t('offer.currency')}
        maxLength={3}
        value={option.currency}
        onChange={(event) => onChange({ currency: event.currentTarget.value.toUpperCase() })}
      />
    </fieldset>
  );
}

type Limit = { amount: string; words: string };
type Limits = { limit: Limit; currency: string; onChange: (limit: Limit) => void };

/** How far we would go: kept beside the record, never in it. */
export function LimitFields({ limit, currency, onChange }: Limits) {
  return (
    <fieldset className="private-limit">
      <legend className="field-label">{t('offer.limit')}</legend>
      <div className="row">
        <TextInput
          aria-label={t('offer.limitSum', { currency })}
          placeholder={t('offer.limitSum', { currency })}
          inputMode="decimal"
          value={limit.amount}
          onChange={(event) => onChange({ ...limit, amount: event.currentTarget.value })}
        />
        <TextInput
          className="grow"
          aria-label={t('offer.limitWords')}
          placeholder={t('offer.limitWords')}
          value={limit.words}
          onChange={(event) => onChange({ ...limit, words: event.currentTarget.value })}
        />
      </div>
      <p className="small quiet">{t('offer.limitWhat')}</p>
    </fieldset>
  );
}
