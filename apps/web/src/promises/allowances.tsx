import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useWorkers } from '../session/who.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { sumWords } from './promise-words.ts';
import { allowancesQuery, type Sum, saveAllowance } from './promises.queries.ts';

/** What each member may offer alone: a setting of owner and manager, in no record. */
export function Allowances() {
  const set = useQuery({ ...allowancesQuery, throwOnError: true }).data;
  const members = useWorkers();
  if (!set) return null;
  return (
    <details className="sheet allowances">
      <summary>{t('offer.allowances')}</summary>
      <p className="small quiet">{t('offer.allowancesWhat')}</p>
      <ul className="promise-list">
        {members.map(({ actor, name, role }) => (
          <MemberLine
            key={actor}
            actor={actor}
            name={name}
            isAgent={role === 'agent'}
            sum={set.find((one) => one.actor === actor) ?? null}
          />
        ))}
      </ul>
    </details>
  );
}

type Line = { actor: string; name: string; isAgent: boolean; sum: Sum | null };

function MemberLine({ actor, name, isAgent, sum }: Line) {
  const [amount, setAmount] = useState(sum?.amount ?? '');
  const [currency, setCurrency] = useState(sum?.currency ?? 'EUR');
  const saving = useMutation({
    mutationFn: () => saveAllowance(actor, amount.trim() === '' ? null : { amount, currency }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <li className="promise">
      <p>
        {name}: {sum ? sumWords(sum) : isAgent ? t('offer.allowedNothing') : t('offer.allowedAll')}
      </p>
      <form className="row" onSubmit={submit}>
        <input
          className="field-select"
          inputMode="decimal"
          aria-label={t('offer.sum')}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <input
          className="field-select field-currency"
          aria-label={t('offer.currency')}
          maxLength={3}
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        />
        <button type="submit" className="action" {...staying(saving.isPending)}>
          {t('offer.saveAllowance')}
        </button>
      </form>
      {saving.error && (
        <p className="notice small" role="alert">
          {problemWords(saving.error)}
        </p>
      )}
    </li>
  );
}
